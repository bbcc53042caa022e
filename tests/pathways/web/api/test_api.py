"""Programs do and read what people can, are refused with the same reasons, and repeat without harm."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.feed import SETTLING
from pathways.services.access.api_token import READ, WRITE, digest_of, revoke_token
from pathways.services.registry import USE_CASES
from tests.pathways.web.api.conftest import Program, client_with, token_for

KOL = "/introductions/kol"


def test_a_program_starts_an_introduction_and_reads_it_back(program: Program) -> None:
    client = program()
    started = client.post(f"{KOL}/commands/start", json={})
    assert (started.status_code, started.json()["place"]) == (200, "preparation")
    read = client.get(KOL)
    assert (read.json()["slug"], read.headers["etag"]) == ("kol", '"1"')


def test_an_unchanged_introduction_is_not_sent_twice(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    assert client.get(KOL, headers={"if-none-match": '"1"'}).status_code == 304


def test_a_key_used_twice_does_the_thing_once(program: Program) -> None:
    client = program()
    answers = [
        client.post(f"{KOL}/commands/start", json={}, headers={"idempotency-key": "start-kol-1"}) for _ in range(2)
    ]
    assert [answer.json()["repeated"] for answer in answers] == [False, True]
    assert len(client.get(f"{KOL}/history").json()["history"]) == 1


def test_a_refusal_carries_every_reason_with_who_can_meet_it(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    answer = client.post(f"{KOL}/commands/start_gap_analysis", json={}, headers={"accept-language": "en"})
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert {"chair_missing", "members_missing"} <= {reason["sentence"] for reason in told["reasons"]}
    assert all(reason["met_by"] for reason in told["reasons"])
    assert "The working group has no chair." in {reason["text"] for reason in told["reasons"]}


def test_an_old_version_is_refused_with_the_one_that_stands(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    client.post(f"{KOL}/commands/inform", json={"data": {"on": "2021-06-09"}})
    answer = client.post(f"{KOL}/commands/inform", json={"data": {"on": "2021-06-09"}}, headers={"if-match": '"1"'})
    assert answer.status_code in {412, 422}


def test_a_version_that_is_no_version_is_refused(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    answer = client.post(f"{KOL}/commands/report", json={}, headers={"if-match": "elva"})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "If-Match")


def test_a_number_is_no_date(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    data = {"title": "Ring", "person": "sam", "due_on": 0}
    answer = client.post(f"{KOL}/commands/create_task", json={"data": data})
    assert answer.status_code == 422
    assert "due_on" in answer.text


def test_broken_json_is_said_to_be_broken(program: Program) -> None:
    answer = program().post(f"{KOL}/commands/start", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (400, "malformed")


def test_an_unknown_introduction_is_not_found_with_the_nearest_names(program: Program) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    answer = client.get("/introductions/koll")
    assert (answer.status_code, answer.json()["nearest"]) == (404, ["kol"])


def test_without_a_token_nothing_is_told(app: App) -> None:
    answer = client_with(app, "forlopp_guess").get("/board")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_revoked_token_opens_nothing(app: App) -> None:
    token = token_for(app, "sam")
    client = client_with(app, token)
    assert client.get("/board").status_code == 200
    with app.write() as work:
        assert revoke_token(work, region_id=app.region_id(), token_hash=digest_of(token))
        work.commit()
    assert client.get("/board").status_code == 401


def test_a_token_runs_out(app: App, clock: SetClock) -> None:
    client = client_with(app, token_for(app, "sam", days=30))
    clock.set(clock.now() + timedelta(days=30))
    assert client.get("/board").status_code == 401


@pytest.mark.parametrize(
    ("scope", "method", "path"), [(READ, "POST", f"{KOL}/commands/start"), (WRITE, "GET", "/board")]
)
def test_a_token_is_good_for_its_scopes_alone(program: Program, scope: str, method: str, path: str) -> None:
    answer = program("sam", (scope,)).request(method, path, json={} if method == "POST" else None)
    assert answer.status_code == 403


def test_a_program_may_do_no_more_than_its_person(program: Program) -> None:
    assert program("frammande").post(f"{KOL}/commands/start", json={}).status_code == 404


def test_the_feed_tells_every_event_once_in_order(program: Program, clock: SetClock) -> None:
    client = program()
    for slug in ("kol", "sepsis"):
        client.post(f"/introductions/{slug}/commands/start", json={})
        clock.set(clock.now() + timedelta(minutes=1))
    client.post(f"{KOL}/commands/report", json={"reason": "Läget är gott"})
    clock.set(clock.now() + SETTLING)
    told, cursor = [], ""
    for _ in range(4):
        page = client.get("/events", params={"cursor": cursor, "limit": 1}).json()
        told += [(event["introduction"], event["command"]) for event in page["events"]]
        cursor = page["cursor"]
    assert told == [("kol", "start"), ("sepsis", "start"), ("kol", "report")]


def test_an_event_is_told_only_when_none_can_slip_in_before_it(program: Program, clock: SetClock) -> None:
    client = program()
    client.post(f"{KOL}/commands/start", json={})
    assert client.get("/events").json()["events"] == []
    clock.set(clock.now() + SETTLING)
    assert len(client.get("/events").json()["events"]) == 1


@pytest.mark.parametrize("cursor", ["x", "1-2", "99999999999999999-1-1", "1-2-99999999999"])
def test_a_broken_cursor_is_refused(program: Program, cursor: str) -> None:
    assert program().get("/events", params={"cursor": cursor}).status_code == 422


def test_every_command_is_described(program: Program) -> None:
    paths = program().get("/openapi.json").json()["paths"]
    assert {path.rpartition("/")[2] for path in paths if "/commands/" in path} == {*USE_CASES, "start"}


def test_the_catalogue_lists_pathways_with_their_versions(program: Program) -> None:
    listed = program().get("/catalogue").json()["pathways"]
    assert len(listed) == 27
    assert all(version["kind"] in {"consultation", "final"} for one in listed for version in one["versions"])


def test_guessing_tokens_is_slowed_down(app: App) -> None:
    client = client_with(app, "forlopp_guess")
    assert {client.get("/board").status_code for _ in range(70)} == {401, 429}
