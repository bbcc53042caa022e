"""Tasks between people: handed back, commented, with files and links, and done by a substitute."""

from datetime import date

import pytest
from sqlalchemy import func, select

from pathways.bootstrap import App
from pathways.models.attachment import Attachment, StoredFile
from pathways.models.comment import TaskComment
from pathways.models.introduction import Event
from pathways.models.organisation import Absence, Person
from pathways.models.task import Task, TaskState
from pathways.services.verify import verify
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, person_id, refusal, row, rows, told

PDF = b"%PDF-1.7 protokoll"
_file, _event = table_of(StoredFile), table_of(Event)


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction with a working group, in its gap analysis."""
    return at("mapping")


def make(driver: Driver, person: str | None = "m1") -> str:
    receipt = driver.do("create_task", title="Ring Mora", due_on="2021-06-18", person=person)
    return next(ref for table, ref in receipt.made if table == "task")


def task(driver: Driver, ref: str) -> Row:
    return row(driver, Task, ref=ref)


def send_away(driver: Driver, person: str, substitute: str) -> None:
    days = {"from_on": date(2021, 6, 1), "until_on": date(2021, 6, 30)}
    people = {"person_id": person_id(driver.app, person), "substitute_id": person_id(driver.app, substitute)}
    with driver.app.write() as work:
        work.insert_one(Absence, {**people, **days})
        work.commit()


def stored(app: App) -> int:
    with app.read() as work:
        count: int = work.value(select(func.count()).select_from(_file))
    return count


def attach(driver: Driver, ref: str, *, name: str = "protokoll.pdf", content: bytes = PDF, by: str = "m1") -> str:
    return driver.do("attach_file", by=by, task=ref, name=name, content=content).made[0][1]


# -- not mine


def test_a_task_that_is_not_mine_goes_to_the_coordinator_who_is_told_why(driver: Driver) -> None:
    ref = make(driver)
    driver.do("decline_task", by="m1", task=ref, reason="Jag har slutat i gruppen")
    assert task(driver, ref)["assignee_id"] == person_id(driver.app, "sam")
    message = told(driver.app)[-1]
    assert (message.kind, message.to, message.urgency, message.why) == (
        "task_declined",
        "sam",
        "at_once",
        "coordinator",
    )
    assert (message.values["by"], message.values["reason"]) == ("Maja Zetterlund", "Jag har slutat i gruppen")


def test_a_task_handed_back_while_the_coordinator_is_away_goes_to_the_substitute(driver: Driver) -> None:
    send_away(driver, "sam", "chef")
    ref = make(driver)
    driver.do("decline_task", by="m1", task=ref, reason="Inte min")
    assert task(driver, ref)["assignee_id"] == person_id(driver.app, "chef")


def test_without_a_coordinator_a_task_handed_back_waits_for_somebody(driver: Driver) -> None:
    ref = make(driver)
    with driver.app.write() as work:
        work.update(Person, {"slug": "sam"}, {"active": False})
        work.commit()
    before = len(told(driver.app))
    driver.do("decline_task", by="m1", task=ref, reason="Inte min")
    assert task(driver, ref)["assignee_id"] is None
    assert len(told(driver.app)) == before


@pytest.mark.parametrize(
    ("person", "by", "reason", "sentence"),
    [
        ("m1", "m1", None, "reason_missing"),
        ("m1", "m2", "Inte min", "error.not_allowed"),
        ("sam", "sam", "Inte min", "error.task_with_the_coordinator"),
        ("sam", "ordf", "Inte hens", "error.task_with_the_coordinator"),
    ],
)
def test_what_cannot_be_handed_back_is_refused(
    driver: Driver, person: str, by: str, reason: str | None, sentence: str
) -> None:
    assert refusal(driver, "decline_task", by=by, reason=reason, task=make(driver, person)) == sentence


# -- comments


def test_a_comment_of_whoever_has_the_task_reaches_the_coordinator(driver: Driver) -> None:
    ref = make(driver)
    driver.do("comment_task", by="m1", task=ref, text="Mora svarar inte")
    comment = row(driver, TaskComment, task_ref=ref)
    assert (comment["body"], comment["written_by"]) == ("Mora svarar inte", person_id(driver.app, "m1"))
    message = told(driver.app)[-1]
    assert (message.kind, message.to, message.urgency) == ("task_commented", "sam", "digest")


def test_a_comment_of_somebody_else_reaches_whoever_has_the_task(driver: Driver) -> None:
    driver.do("comment_task", by="ordf", task=make(driver), text="Prova Orsa")
    message = told(driver.app)[-1]
    assert (message.kind, message.to, message.values["by"]) == ("task_commented", "m1", "Åsa Öberg")


def test_a_comment_may_be_written_on_a_task_that_is_done(driver: Driver) -> None:
    ref = make(driver)
    driver.do("complete_task", by="m1", task=ref, outcome="Ringt")
    driver.do("comment_task", by="m1", task=ref, text="De ringde tillbaka")
    assert len(rows(driver, TaskComment, task_ref=ref)) == 1


@pytest.mark.parametrize(
    ("by", "data", "sentence"),
    [
        ("m2", {"text": "Hej"}, "error.not_allowed"),
        ("m1", {"text": " "}, "text:order.too_short"),
        ("m1", {"text": "x" * 4001}, "text:order.too_long"),
        ("m1", {}, "text:order.missing"),
    ],
)
def test_a_comment_that_cannot_stand_is_refused(driver: Driver, by: str, data: Data, sentence: str) -> None:
    assert refusal(driver, "comment_task", by=by, task=make(driver), **data) == sentence


# -- files and links


def test_a_file_is_kept_with_its_digest_under_a_plain_name(driver: Driver) -> None:
    ref = make(driver)
    attach(driver, ref, name="..\\Åtgärder.pdf")
    kept = row(driver, Attachment, task_ref=ref)
    assert (kept["name"], kept["media_type"], kept["size"]) == ("Åtgärder.pdf", "application/pdf", len(PDF))
    with driver.app.read() as work:
        assert work.value(select(_file.c.content).where(_file.c.sha256 == kept["sha256"])) == PDF
    assert verify(driver.app) == ()


def test_the_same_file_twice_is_kept_once(driver: Driver) -> None:
    ref = make(driver)
    attach(driver, ref)
    attach(driver, ref, name="samma igen.pdf")
    assert (len(rows(driver, Attachment)), stored(driver.app)) == (2, 1)


def test_a_file_may_come_as_base64(driver: Driver) -> None:
    ref = make(driver)
    driver.do("attach_file", by="m1", task=ref, name="a.pdf", content="JVBERi0xLjcK")
    assert row(driver, Attachment)["size"] == 9


def test_neither_the_name_nor_the_bytes_of_a_file_stand_in_the_log(driver: Driver) -> None:
    attach(driver, make(driver), name="HEMLIGT.pdf", content=PDF + b"HEMLIGT")
    assert "HEMLIGT" not in str(last_event(driver)["payload"])


@pytest.mark.parametrize(
    ("by", "data", "sentence"),
    [
        ("m2", {"name": "a.pdf", "content": PDF}, "error.not_allowed"),
        ("m1", {"name": "a.exe", "content": PDF}, "error.file_kind"),
        ("m1", {"name": "a.pdf", "content": b"MZ"}, "error.file_content"),
        ("m1", {"name": "../..", "content": PDF}, "error.file_name"),
        ("m1", {"name": "a.pdf", "content": "inte base64"}, "content:order.other"),
        ("m1", {"name": "a.pdf"}, "content:order.missing"),
    ],
)
def test_a_file_that_cannot_be_attached_leaves_nothing_behind(
    driver: Driver, by: str, data: Data, sentence: str
) -> None:
    assert refusal(driver, "attach_file", by=by, task=make(driver), **data) == sentence


def test_a_link_is_kept_with_its_title(driver: Driver) -> None:
    ref = make(driver)
    driver.do("attach_link", by="m1", task=ref, link="https://region.example/p?a=1", title="Protokoll")
    kept = row(driver, Attachment, task_ref=ref)
    assert (kept["kind"], kept["link"], kept["name"]) == ("link", "https://region.example/p?a=1", "Protokoll")


@pytest.mark.parametrize(
    "link",
    [
        "http://region.example",
        "javascript:alert(1)",
        "https://",
        "https://a b.example",
        "https://asa:hemligt@region.example",
        "//region.example",
        "https://[::1",
        "data:text/html,x",
    ],
)
def test_only_a_plain_https_address_is_a_link(driver: Driver, link: str) -> None:
    said = refusal(driver, "attach_link", by="m1", task=make(driver), link=link, title="Protokoll")
    assert said == "link:order.https_link"


def test_whoever_attached_a_file_may_remove_it_and_its_bytes_are_destroyed(driver: Driver) -> None:
    ref = attach(driver, make(driver))
    driver.do("remove_attachment", by="m1", attachment=ref)
    assert row(driver, Attachment)["removed_by"] == person_id(driver.app, "m1")
    assert stored(driver.app) == 0
    assert verify(driver.app) == ()


def test_the_bytes_stay_as_long_as_the_same_file_stands_elsewhere(driver: Driver) -> None:
    ref = make(driver)
    first, second = attach(driver, ref), attach(driver, ref)
    driver.do("remove_attachment", attachment=first)
    assert stored(driver.app) == 1
    driver.do("remove_attachment", attachment=second)
    assert stored(driver.app) == 0


@pytest.mark.parametrize(("by", "sentence"), [("ordf", "error.not_allowed"), ("m2", "error.not_allowed")])
def test_others_do_not_remove_a_file(driver: Driver, by: str, sentence: str) -> None:
    assert refusal(driver, "remove_attachment", by=by, attachment=attach(driver, make(driver))) == sentence


def test_a_file_is_removed_once(driver: Driver) -> None:
    ref = attach(driver, make(driver))
    driver.do("remove_attachment", attachment=ref)
    assert refusal(driver, "remove_attachment", attachment=ref) == "error.attachment_removed"
    assert refusal(driver, "remove_attachment", attachment="99.9") == "error.unknown_attachment"


# -- substitutes


def test_a_substitute_does_the_task_and_the_log_says_for_whom(driver: Driver) -> None:
    ref = make(driver)
    send_away(driver, "m1", "m2")
    driver.do("complete_task", by="m2", task=ref, outcome="Ringt")
    assert (task(driver, ref)["state"], task(driver, ref)["settled_by"]) == (
        TaskState.DONE,
        person_id(driver.app, "m2"),
    )
    event = last_event(driver)
    assert (event["actor_id"], event["on_behalf_id"]) == (person_id(driver.app, "m2"), person_id(driver.app, "m1"))


def test_whoever_is_away_may_still_do_their_own_task(driver: Driver) -> None:
    ref = make(driver)
    send_away(driver, "m1", "m2")
    driver.do("complete_task", by="m1", task=ref, outcome="Ringt")
    assert last_event(driver)["on_behalf_id"] is None


def test_a_third_person_is_no_substitute(driver: Driver) -> None:
    ref = make(driver)
    send_away(driver, "m1", "m2")
    assert refusal(driver, "complete_task", by="m3", task=ref, outcome="Ringt") == "error.not_allowed"


def test_more_time_than_two_years_is_refused(driver: Driver) -> None:
    said = refusal(driver, "snooze_task", by="m1", reason="Långt", task=make(driver), due_on="2023-06-19")
    assert said == "error.snooze_too_far"
