"""The JSON forms hold the names that the command line has promised, and nothing that JSON does not know."""

import json

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.as_json import due_json, matrix_json, show_json, status_json, worklist_json
from pathways.queries.due import due
from pathways.queries.status_matrix import status_matrix
from tests.pathways.drive import PLACES, drive_to
from tests.pathways.queries.reading import later, read_board, read_worklist, show

STATUS = {"slug", "phase", "configuration", "days_in_phase", "waits_for", "next_due"}


@pytest.mark.parametrize("place", PLACES)
def test_status_and_show_can_be_written_as_json_at_every_place(app: App, clock: SetClock, place: str) -> None:
    drive_to(app, clock, "kol", place)
    forms = [status_json(read_board(app)), show_json(show(app, "kol")), show_json(show(app, "kol", clock.now()))]
    assert json.loads(json.dumps(forms)) == forms


def test_status_has_the_promised_names(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    (row,) = status_json(read_board(app))
    assert row.keys() >= STATUS
    assert row["waits_for"] == [{"role": "development_resource", "person_id": None, "person": None}]


def test_show_has_the_promised_names(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    form = json.loads(json.dumps(show_json(show(app, "kol"))))
    assert form.keys() >= STATUS | {"offers", "tasks", "timers", "history"}
    assert form["offers"][0].keys() >= {"command", "allowed", "reasons"}
    assert form["history"][0].keys() >= {"seq", "command", "actor", "at", "reason", "hash"}
    assert form["history"][0]["at"] == "2021-06-09T08:00:00+00:00"


def test_lists_and_matrix_can_be_written_as_json(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    later(driver, days=120)
    with app.read() as work:
        overdue = due(work, region_id=app.region_id(), now=clock.now())
        forms = [due_json(overdue), matrix_json(status_matrix(work, region_id=app.region_id()))]
    forms.append(worklist_json(read_worklist(app, "ana")))
    assert all(forms)
    assert json.loads(json.dumps(forms)) == forms
