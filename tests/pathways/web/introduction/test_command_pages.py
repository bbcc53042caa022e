"""Every command has a page that works at every place, asks in words, and refuses with every reason."""

import re

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import PathwaysError
from pathways.locale import texts
from pathways.services.ask import Ask
from pathways.services.registry import USE_CASES
from pathways.web.command_form import NOT_ASKED, OWN_PAGES, asks_nothing, has_nested_parts, order_of, parts_of
from pathways.web.command_places import GROUPS
from pathways.web.refusals import shown_reason
from pathways.wording import Wording
from states.errors import TransitionRefused
from tests.pathways.web.conftest import Web
from tests.pathways.web.introduction.conftest import At, events_of, version_of, walk
from tests.pathways.web.introduction.sheet import Sheet, look

RAW = re.compile(r"\b(lag_chair|lag_member|development_resource|unit_representative|vc-falun|kol\b|\d+\.\d+ )")
REFUSED = {
    "preparation": "start_gap_analysis",
    "mapping": "communicate_gap_analysis",
    "communicated": "propose_plan",
    "ranking": "submit_for_decision",
}


@pytest.mark.parametrize("place", ["preparation", "ranking", "executing"])
def test_every_command_has_a_page(web: Web, at: At, place: str) -> None:
    at(place)
    assert pages_amiss(web) == {}


@pytest.mark.slow
def test_at_every_place_every_command_has_a_page(web: Web, app: App, clock: SetClock) -> None:
    assert {driver.place(): amiss for driver in walk(app, clock) if (amiss := pages_amiss(web))} == {}


def pages_amiss(web: Web) -> dict[str, int]:
    """The commands whose pages are neither a form nor the way to a page of their own, and what they answered."""
    client = web.as_("sam")
    found = {name: client.get(f"/forlopp/kol/gor/{name}").status_code for name in USE_CASES}
    return {name: status for name, status in found.items() if status != (303 if name in OWN_PAGES else 200)}


def test_a_command_without_a_form_leads_to_the_page_that_it_has(web: Web, at: At) -> None:
    at("ranking")
    client = web.as_("sam")
    places = {name: client.get(f"/forlopp/kol/gor/{name}").headers["location"] for name in OWN_PAGES}
    assert places == {name: f"/forlopp/kol{place}" for name, place in OWN_PAGES.items()}


def test_an_order_with_lists_of_parts_is_never_asked_for_in_a_plain_form() -> None:
    nested = {name for name in USE_CASES if has_nested_parts(order_of(name))}
    assert nested <= set(OWN_PAGES)


def test_every_part_of_every_order_is_asked_for_or_left_to_a_page_of_its_own() -> None:
    for name, parts in NOT_ASKED.items():
        assert parts <= {part.name for part in parts_of(order_of(name))}


def test_every_command_stands_in_one_group() -> None:
    listed = [name for commands in GROUPS.values() for name in commands]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_form_shows_words_and_no_short_names_of_ours(web: Web, at: At, app: App, language: str) -> None:
    at("communicated")
    client = web.as_("sam")
    client.cookies.set("forlopp_language", language, domain="127.0.0.1")
    for name in USE_CASES:
        if name not in OWN_PAGES:
            sheet = look(client, f"/forlopp/kol/gor/{name}")
            assert not RAW.search(sheet.words), (name, RAW.search(sheet.words))


@pytest.mark.parametrize(("place", "command"), REFUSED.items())
def test_a_refused_command_shows_every_reason_with_who_can_meet_it_and_where(
    web: Web, at: At, app: App, place: str, command: str
) -> None:
    at(place)
    before = version_of(app)
    answer = web.as_("sam").post(f"/forlopp/kol/gor/{command}", data={"steg": "bekrafta"})
    sheet = Sheet(answer)
    assert answer.status_code == 409
    with pytest.raises(TransitionRefused) as refused:
        app.run("kol", command, {}, Ask(actor="sam"))
    words = _words(app)
    assert len(refused.value.reasons) > 1
    for reason in refused.value.reasons:
        told = shown_reason(reason, words, slug="kol")
        assert told.text in sheet.words
        assert told.met_by in sheet.words
        assert told.href in sheet.links
    assert version_of(app) == before


@pytest.mark.parametrize("place", ["preparation", "executing", "paused"])
def test_every_command_that_is_refused_here_says_every_reason_and_writes_nothing(
    web: Web, at: At, app: App, place: str
) -> None:
    at(place)
    client, before = web.as_("sam"), len(events_of(app))
    refused = {name: why for name in filter(asks_nothing, USE_CASES) if (why := _why_refused(app, name))}
    assert len(refused) > 5
    for name, reasons in refused.items():
        answer = client.post(f"/forlopp/kol/gor/{name}", data={"steg": "bekrafta"})
        assert answer.status_code == 409, name
        assert [told for told in reasons if told not in Sheet(answer).words] == [], name
    assert len(events_of(app)) == before


def _why_refused(app: App, name: str) -> list[str]:
    """Every reason in words for which the coordinator is refused a command just now."""
    words = _words(app)
    try:
        app.preview("kol", name, {}, Ask(actor="sam"))
    except TransitionRefused as error:
        return [shown_reason(reason, words, slug="kol").text for reason in error.reasons]
    except PathwaysError as error:
        return [words.sentence(error.sentence, error.values)]
    return []


def test_an_empty_form_is_shown_again_with_what_is_missing_and_nothing_is_written(web: Web, at: At, app: App) -> None:
    at("awaiting_decision")
    client, before = web.as_("sam"), len(events_of(app))
    asking = [name for name in USE_CASES if not asks_nothing(name) and name not in OWN_PAGES]
    answers = {name: client.post(f"/forlopp/kol/gor/{name}", data={"steg": "bekrafta"}) for name in asking}
    assert {name: one.status_code for name, one in answers.items() if one.status_code not in {409, 422}} == {}
    assert len(events_of(app)) == before


def test_what_ends_at_the_introductions_end_says_so(web: Web, at: At) -> None:
    at("stopped")
    sheet = look(web.as_("sam"), "/forlopp/kol/gor/appoint")
    assert "stoppat" in sheet.words
    assert not [form for form in sheet.forms if "command_id" in form.values]


def test_a_reader_sees_no_page_for_a_command_that_is_not_theirs(web: Web, at: At) -> None:
    at("preparation")
    for person in ("vcf", "frammande"):
        assert web.as_(person).get("/forlopp/kol/gor/stop").status_code == 404
        assert web.as_(person).post("/forlopp/kol/gor/stop", data={"reason": "nej"}).status_code == 404


def test_whoever_was_given_a_task_may_complete_that_task_and_no_other(web: Web, at: At) -> None:
    at("mapping")
    sheet = look(web.as_("res"), "/forlopp/kol/gor/complete_task")
    assert sheet.status == 200
    assert web.as_("lg").get("/forlopp/kol/gor/complete_task").status_code == 404


@pytest.mark.parametrize("path", ["gor/no_such_command", "gor/start", "gor/ring"])
def test_a_command_that_nobody_knows_is_not_found(web: Web, at: At, path: str) -> None:
    at("preparation")
    assert web.as_("sam").get(f"/forlopp/kol/{path}").status_code == 404


def test_another_regions_introduction_is_not_found_on_any_page(web: Web, at: At) -> None:
    at("preparation")
    client = web.as_("sam")
    pages = (
        "",
        "/gor",
        "/gor/pause",
        "/manniskor",
        "/beslut",
        "/loop",
        "/loop/1",
        "/historik",
        "/historik.csv",
        "/angra/1",
    )
    assert {client.get(f"/forlopp/sepsis{page}").status_code for page in pages} == {404}


def _words(app: App) -> Wording:
    titles = {item.slug: item.title.sv for items in app.profile.checklists.values() for item in items}
    return Wording(texts("sv"), app.profile.region.zone, titles)
