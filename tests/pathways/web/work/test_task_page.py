"""One task's page: what it says, what can be done there, and what happens when that is refused."""

import pytest
from sqlalchemy import event, select

from pathways.models.comment import TaskComment
from pathways.models.introduction import Event
from pathways.models.task import TaskState
from pathways.services.ask import new_command_id
from pathways.storage.unit_of_work import table_of
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import last_event, person_id, row, told
from tests.pathways.web.conftest import over
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, forms, notices, words

_event = table_of(Event)
REASON = "Jag är på semester"


def at(ref: str, *more: str) -> str:
    return "/".join(["/forlopp/kol/uppgift", ref, *more])


def checklist(desk: Desk, item: str) -> str:
    ref: str = next(row["ref"] for row in desk.kol._own(of_table="task") if row["item"] == item)
    return ref


# -- what it says


def test_the_page_says_what_to_do_why_and_what_happens_then(desk: Desk) -> None:
    said = words(desk.as_("res").get(at(checklist(desk, "samla-patientens-rost"))))
    assert said.startswith("KOL · Gapanalys Samla in patientens röst Fråga patienter och närstående, genom intervju")
    assert "Sista dag Senast torsdag 1 juli 2021, om 22 dagar" in said
    assert "Varför du Du är utvecklingsresurs i arbetsgruppen för KOL." in said
    assert "När det är klart Det här väntar på uppgiften: ”Kommunicera gapanalysen”." in said


def test_a_task_that_nothing_waits_for_says_so(desk: Desk) -> None:
    said = words(desk.as_("m1").get(at(desk.task())))
    assert "Påminnelserna slutar. Inget annat väntar på uppgiften." in said


def test_to_others_the_page_says_whose_the_task_is(desk: Desk) -> None:
    said = words(desk.as_("ordf").get(at(desk.task())))
    assert "Ligger hos Maja Zetterlund" in said
    assert "Varför du" not in said


# -- who may see and do what

EVERYTHING = {"klar", "mer-tid", "lamna-over", "inte-min", "inte-aktuell", "kommentar", "lank", "fil"}
LEADING = EVERYTHING - {"inte-min"}


@pytest.mark.parametrize(
    ("person", "ways"),
    [("m1", EVERYTHING), ("sam", LEADING), ("ordf", LEADING), ("res", LEADING), ("m2", set()), ("ana", set())],
)
def test_each_is_offered_what_they_may_do(desk: Desk, person: str, ways: set[str]) -> None:
    ref = desk.task("m1")
    offered = forms(desk.as_(person).get(at(ref)))
    assert {action.removeprefix(at(ref, "")) for action in offered if action.startswith(at(ref))} == ways


@pytest.mark.parametrize("person", ["frammande"])
def test_a_stranger_sees_no_task(desk: Desk, person: str) -> None:
    ref = desk.task("m1")
    assert desk.as_(person).get(at(ref)).status_code == 404
    assert desk.as_(person).post(at(ref, "klar"), data={"outcome": "Ha"}).status_code == 404
    assert desk.row(ref)["state"] == TaskState.OPEN


def test_a_stranger_who_was_given_a_task_sees_that_one(desk: Desk) -> None:
    mine, other = desk.task("frammande"), desk.task("m1")
    client = desk.as_("frammande")
    assert client.get(at(mine)).status_code == 200
    assert client.get(at(other)).status_code == 404


@pytest.mark.parametrize("way", ["klar", "mer-tid", "lamna-over", "inte-min", "inte-aktuell", "kommentar", "lank"])
def test_what_is_not_offered_is_refused_when_it_is_sent_all_the_same(desk: Desk, way: str) -> None:
    ref = desk.task("m1")
    typed = {
        **dict.fromkeys(("outcome", "snooze_reason", "decline_reason", "skip_reason", "comment", "link_title"), "Hej"),
        "due_on": "2021-09-01",
        "to": "m3",
        "link": "https://region.example",
    }
    assert desk.as_("m2").post(at(ref, way), data=typed).status_code == 404
    assert desk.row(ref)["state"] == TaskState.OPEN


@pytest.mark.parametrize("ref", ["99.9", "x", "1.1.1", "%00", "å"])
def test_a_task_that_is_not_there_is_no_page(desk: Desk, ref: str) -> None:
    assert desk.as_("sam").get(at(ref)).status_code == 404
    assert desk.as_("sam").post(at(ref, "klar"), data={"outcome": "Ha"}).status_code == 404


def test_the_task_of_another_region_is_no_page(desk: Desk) -> None:
    ref = desk.task("m1")
    other = furnished_app(str(desk.app.database.url), desk.web.clock, code="SE-X", name="Region Gävleborg")
    other.profiles = {**desk.app.profiles, **other.profiles}
    next_door = over(other, desk.web.clock).as_("sam", code="SE-X")
    assert next_door.get("/").status_code == 200
    assert next_door.get(at(ref)).status_code == 404
    assert next_door.post(at(ref, "klar"), data={"outcome": "Ha"}).status_code == 404
    assert desk.row(ref)["state"] == TaskState.OPEN
    other.database.dispose()


# -- every action


def test_a_click_its_notice_and_the_end_of_its_draft_are_one_commit(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    done = form(client.get(at(ref)), "/klar")
    commits: list[object] = []
    event.listen(desk.web.app.database.engine, "commit", commits.append)
    answer = done.send(client, outcome="Ringde, de är med")
    assert (answer.status_code, len(commits)) == (303, 1)
    assert notices(follow(client, answer)) == "Tack! Uppgiften är klar. Ångra"


def test_a_task_is_completed_with_an_outcome(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/klar").send(client, outcome="Ringde, de är med")
    seen = follow(client, answer)
    assert (answer.headers["location"], notices(seen)) == ("/", "Tack! Uppgiften är klar. Ångra")
    assert f'href="{at(ref)}"' in seen.text
    assert (desk.row(ref)["state"], desk.row(ref)["outcome"]) == (TaskState.DONE, "Ringde, de är med")
    said = words(client.get(at(ref)))
    assert "Avslutad Maja Zetterlund, 9 juni 2021 kl. 10.00 Resultat Ringde, de är med" in said


def test_more_time_is_asked_for_within_limits_that_are_told(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    shown = client.get(at(ref))
    assert "Ny sista dag Mellan 19 juni 2021 och 9 juni 2023." in words(shown)
    answer = form(shown, "/mer-tid").send(client, due_on="2021-09-01", snooze_reason=REASON)
    seen = follow(client, answer)
    assert "Uppgiften har fått en ny sista dag." in notices(seen)
    assert "Sista dagen har flyttats 1 gång förut." in words(seen)
    assert desk.row(ref)["due_on"].isoformat() == "2021-09-01"


def test_a_task_is_handed_over(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/lamna-over").send(client, to="m3", delegate_reason="Du kan Mora")
    assert "Uppgiften är överlämnad." in notices(follow(client, answer))
    assert desk.row(ref)["assignee_id"] == person_id(desk.app, "m3")


def test_a_task_is_handed_back_to_the_coordinator(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/inte-min").send(client, decline_reason="Jag har slutat")
    assert "Uppgiften är tillbaka hos samordnaren." in notices(follow(client, answer))
    assert desk.row(ref)["assignee_id"] == person_id(desk.app, "sam")
    assert told(desk.app)[-1].values["reason"] == "Jag har slutat"


def test_a_task_is_declared_not_applicable(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/inte-aktuell").send(client, skip_reason="Mora är med redan")
    assert "Uppgiften är markerad som inte aktuell. Ångra" in notices(follow(client, answer))
    assert desk.row(ref)["state"] == TaskState.NOT_APPLICABLE


def test_a_task_is_opened_again(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    form(client.get(at(ref)), "/klar").send(client, outcome="Ringt")
    answer = form(client.get(at(ref)), "/oppna-igen").send(client)
    assert "Uppgiften är öppen igen." in notices(follow(client, answer))
    assert desk.row(ref)["state"] == TaskState.OPEN


def test_a_comment_is_written_and_shown_as_it_was_typed(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/kommentar").send(client, comment="Rad ett\r\n<b>rad två</b>")
    seen = follow(client, answer)
    assert row(desk.kol, TaskComment)["body"] == "Rad ett\n<b>rad två</b>"
    assert "Rad ett\n&lt;b&gt;rad två&lt;/b&gt;" in seen.text


def test_a_link_is_attached(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/lank").send(client, link="https://region.example/p", link_title="Protokoll")
    seen = follow(client, answer)
    assert 'href="https://region.example/p" rel="noopener noreferrer" target="_blank">Protokoll' in seen.text


def test_a_substitute_acts_for_whoever_is_away(desk: Desk) -> None:
    ref = desk.task("m1")
    desk.send_away("m1", "m2")
    client = desk.as_("m2")
    shown = client.get(at(ref))
    assert "Du gör det här i stället för Maja Zetterlund" in words(shown)
    form(shown, "/klar").send(client, outcome="Ringt")
    event = last_event(desk.kol)
    assert (event["actor_id"], event["on_behalf_id"]) == (person_id(desk.app, "m2"), person_id(desk.app, "m1"))


def test_whoever_leads_stays_with_the_task_of_somebody_else(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("sam")
    answer = form(client.get(at(ref)), "/lamna-over").send(client, to="m2")
    assert answer.headers["location"] == at(ref)
    assert "Ligger hos Ali Haddad" in words(follow(client, answer))


# -- pressing twice, and what is wrong with what was typed


def events(desk: Desk) -> int:
    with desk.app.read() as work:
        return len(work.values(select(_event.c.seq).where(_event.c.introduction_id == 1)))


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("klar", {"outcome": "Ringt"}),
        ("mer-tid", {"due_on": "2021-09-01", "snooze_reason": REASON}),
        ("lamna-over", {"to": "ordf"}),
        ("inte-min", {"decline_reason": REASON}),
        ("inte-aktuell", {"skip_reason": REASON}),
        ("kommentar", {"comment": "Hej"}),
        ("lank", {"link": "https://region.example", "link_title": "Protokoll"}),
    ],
)
def test_pressing_twice_does_it_once_and_answers_the_same(desk: Desk, way: str, typed: dict[str, str]) -> None:
    ref, client = desk.task("res"), desk.as_("res")
    shown = form(client.get(at(ref)), f"/{way}")
    first = shown.send(client, **typed)
    before = events(desk)
    second = shown.send(client, **typed)
    assert (
        (second.status_code, second.headers["location"]) == (first.status_code, first.headers["location"]) != (200, "")
    )
    assert events(desk) == before


WRONG = [
    ("klar", {"outcome": "  "}, 422, "Fyll i: Vad ledde uppgiften till?"),
    ("klar", {"outcome": "x" * 2001}, 422, "Vad ledde uppgiften till? är för långt; skriv högst 2000 tecken."),
    ("mer-tid", {"due_on": "", "snooze_reason": "x"}, 422, "Fyll i: Ny sista dag"),
    ("mer-tid", {"due_on": "2021-09-01", "snooze_reason": ""}, 422, "Fyll i: Varför behövs mer tid?"),
    ("mer-tid", {"due_on": "i morgon", "snooze_reason": "x"}, 422, "Ny sista dag ”i morgon” är inget datum"),
    ("mer-tid", {"due_on": "2021-06-18", "snooze_reason": "x"}, 409, "Det nya datumet 18 juni 2021 är inte senare än"),
    ("mer-tid", {"due_on": "2062-06-18", "snooze_reason": "x"}, 409, "18 juni 2062 är för långt fram."),
    ("lamna-over", {"to": ""}, 422, "Fyll i: Vem ska göra uppgiften?"),
    ("lamna-over", {"to": "ingen"}, 422, "Det finns ingen person som heter ”ingen”."),
    ("lamna-over", {"to": "m1"}, 409, "ligger redan hos m1"),
    ("inte-min", {"decline_reason": ""}, 422, "Fyll i: Varför är det inte din uppgift?"),
    ("inte-aktuell", {"skip_reason": "x" * 4001}, 422, "Skriv högst 4000 tecken."),
    ("kommentar", {"comment": ""}, 422, "Fyll i: Kommentar"),
    (
        "lank",
        {"link": "http://region.example", "link_title": "P"},
        422,
        "Adress ska vara en adress som börjar med https://",
    ),
    (
        "lank",
        {"link": "javascript:alert(1)", "link_title": "P"},
        422,
        "Adress ska vara en adress som börjar med https://",
    ),
]


@pytest.mark.parametrize(("way", "typed", "status", "said"), WRONG)
def test_a_faulty_form_comes_back_with_everything_that_was_typed(
    desk: Desk, way: str, typed: dict[str, str], status: int, said: str
) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    before = events(desk)
    answer = form(client.get(at(ref)), f"/{way}").send(client, **typed)
    assert answer.status_code == status
    assert said in words(answer)
    assert "Det finns en sak att rätta" in words(answer)
    shown = form(answer, f"/{way}").fields
    assert all(shown.get(name, [value])[0].strip() == value.strip() for name, value in typed.items())
    assert events(desk) == before


def test_the_summary_of_errors_leads_to_the_question(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/klar").send(client, outcome="")
    assert '<a class="ds-link" href="#f-outcome">' in answer.text
    assert 'id="f-outcome"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Fel: Ring Mora" in answer.text


def test_a_form_that_was_refused_can_be_sent_again(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    answer = form(client.get(at(ref)), "/klar").send(client, outcome="")
    assert form(answer, "/klar").send(client, outcome="Ringt").status_code == 303
    assert desk.row(ref)["state"] == TaskState.DONE


# -- somebody was quicker


def test_what_happened_beside_the_task_stops_nobody(desk: Desk) -> None:
    ref, other, client = desk.task("m1"), desk.task("m2"), desk.as_("m1")
    shown = form(client.get(at(ref)), "/klar")
    desk.kol.do("report", by="ordf")
    desk.kol.do("complete_task", by="m2", task=other, outcome="Klart")
    assert shown.send(client, outcome="Ringt").status_code == 303
    assert desk.row(ref)["outcome"] == "Ringt"


def test_whoever_was_quicker_is_named_and_what_was_typed_stands_beside_what_is_saved(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    shown = form(client.get(at(ref)), "/klar")
    desk.kol.do("complete_task", by="ordf", task=ref, outcome="Jag ringde i stället")
    answer = shown.send(client, outcome="Jag ringde")
    said = words(answer)
    assert answer.status_code == 409
    assert "ändrade Åsa Öberg uppgiften: Slutför en uppgift, 9 juni 2021 kl. 10.00." in said
    assert "Uppgiften är nu klar. Det du skrev sparades inte." in said
    assert "Det du skrev Jag ringde Det som är sparat Jag ringde i stället" in said
    assert desk.row(ref)["outcome"] == "Jag ringde i stället"


def test_a_task_that_was_moved_meanwhile_keeps_what_was_typed_in_its_form(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    shown = form(client.get(at(ref)), "/klar")
    desk.kol.do("snooze_task", by="ordf", task=ref, due_on="2021-10-01", reason="Sommar")
    answer = shown.send(client, outcome="Ringt")
    assert answer.status_code == 409
    assert "Kontrollera att det fortfarande stämmer och skicka igen." in words(answer)
    again = form(answer, "/klar")
    assert again.fields["outcome"] == ["Ringt"]
    assert again.send(client).status_code == 303


def test_a_page_left_open_since_before_the_task_was_handed_on_does_nothing(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    shown = form(client.get(at(ref)), "/klar")
    desk.kol.do("delegate_task", task=ref, to="m3")
    answer = shown.send(client, outcome="Ringt")
    assert answer.status_code == 409
    assert desk.row(ref)["state"] == TaskState.OPEN


def test_a_form_without_its_unseen_keys_is_taken_as_it_comes(desk: Desk) -> None:
    ref = desk.task("m1")
    assert desk.as_("m1").post(at(ref, "klar"), data={"outcome": "Ringt"}).status_code == 303


def test_an_id_that_was_used_for_something_else_is_refused(desk: Desk) -> None:
    ref, client, used = desk.task("m1"), desk.as_("m1"), new_command_id()
    client.post(at(ref, "kommentar"), data={"comment": "Hej", "command_id": used})
    answer = client.post(at(ref, "klar"), data={"outcome": "Ringt", "command_id": used})
    assert answer.status_code == 409
    assert desk.row(ref)["state"] == TaskState.OPEN


# -- where the introduction stands


def test_a_resting_introduction_says_so_and_its_tasks_may_be_done(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    desk.kol.do("pause", until_on="2021-12-01", reason="Pandemi")
    shown = client.get(at(ref))
    assert "Införandet är pausat." in words(shown)
    assert form(shown, "/klar").send(client, outcome="Ringt").status_code == 303


def test_an_introduction_that_has_ended_lets_nothing_be_changed(desk: Desk) -> None:
    ref = desk.task("m1")
    desk.kol.do("stop", reason="Tillbakadraget")
    for person in ("m1", "sam"):
        shown = desk.as_(person).get(at(ref))
        assert "Införandet är avslutat. Uppgiften går inte att ändra." in words(shown)
        assert not [action for action in forms(shown) if action.startswith(at(ref))]
    assert desk.as_("sam").post(at(ref, "kommentar"), data={"comment": "Hej"}).status_code == 409


def test_the_page_costs_few_statements(desk: Desk) -> None:
    ref, client = desk.task("m1"), desk.as_("m1")
    for n in range(5):
        desk.kol.do("comment_task", by="m1", task=ref, text=f"Hej {n}")
    client.get(at(ref))
    with watched(desk.app) as sent:
        client.get(at(ref))
    assert len(sent) <= 7
