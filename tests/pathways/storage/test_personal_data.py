"""No name, address or free text stands in what is hashed for ever: only ids, figures, choices and digests."""

import json

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, LogText
from pathways.models.organisation import Person
from pathways.services.ask import Ask
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver

_event, _text, _person = table_of(Event), table_of(LogText), table_of(Person)
MARK = "HEMLIGT"


class MarkedDriver(Driver):
    """Drives as ever, with a mark in everything that a person may write freely."""

    FREE = frozenset({"title", "outcome", "summary", "basis", "motive", "evaluation", "note", "conditions"})
    CHOICES = frozenset({"adopt", "waived", "held", "holds", "revised"})

    def do(self, command: str, *, by: str | None = "sam", reason: str | None = None, **data: object):  # type: ignore[no-untyped-def]  # as its parent
        marked = {name: self._marked(name, value) for name, value in data.items()}
        if command == "hold_loop":
            marked["summary"] = MARK
        return self.app.run(self.slug, command, marked, Ask(actor=by, reason=f"{MARK} {reason}"))

    def _marked(self, name: str, value: object) -> object:
        if name == "answers" and isinstance(value, list):
            texts = ("measure", "current_state", "patient_perspective", "evidence", "stop_doing")
            return [{**one, **dict.fromkeys(texts, MARK)} for one in value]
        return f"{MARK} {value}" if name in self.FREE and value not in self.CHOICES else value


@pytest.fixture
def hashed(app: App, clock: SetClock) -> str:
    """Everything that the hashes of a whole introduction cover, as one text."""
    driver = MarkedDriver(app, clock, "kol")
    driver.do("start")
    for go in (Driver.prepare, Driver.analyse, Driver.plan, Driver.submit):
        go(driver)
    driver.do("create_task", title="Ring", due_on=driver.today.isoformat(), person="m1")
    driver.do("create_task", title="Skriv", due_on=driver.today.isoformat(), person="m2")
    first, second = (row["ref"] for row in driver._own(of_table="task")[-2:])
    driver.do("skip_task", task=first, reason="Behövs inte")
    driver.do("snooze_task", task=second, due_on="2021-09-01", reason="Semester")
    driver.do("delegate_task", task=second, to="m3")
    driver.adopt()
    driver.open_due_loop()
    driver.hold_loop("adjust")
    driver.adopt_adjusted_plan()
    driver.do("pause", until_on="2022-06-01", reason="Pandemi")
    driver.do("resume")
    driver.open_due_loop()
    driver.hold_loop("finish")
    driver.celebrate()
    driver.finish()
    driver.go_to(driver._own(of_table="follow_up")[0]["due_on"])
    driver.do("record_follow_up", months=6, outcome="holds", hold_check_done=True, note="Bra")
    with app.read() as work:
        events = work.rows(select(_event.c.payload, _event.c.reason, _event.c.command))
    return json.dumps(events, ensure_ascii=False)


def test_no_free_text_stands_in_the_log(hashed: str) -> None:
    assert MARK not in hashed


def test_no_name_or_address_stands_in_the_log(app: App, hashed: str) -> None:
    with app.read() as work:
        people = work.rows(select(_person.c.name, _person.c.slug, _person.c.address))
    for person in people:
        assert person["name"] not in hashed
        assert person["address"] not in hashed
        assert f'"{person["slug"]}"' not in hashed


def test_the_texts_are_kept_beside_the_log_where_they_can_be_erased(app: App, hashed: str) -> None:
    with app.read() as work:
        kept = work.values(select(_text.c.body))
    assert sum(MARK in body for body in kept) > 20
    assert hashed
