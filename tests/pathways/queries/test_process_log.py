"""The log is told as it was, with roles in the place of persons, and nothing of what people wrote."""

import json
import re
from datetime import datetime
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.exports.whole_log import OCEL, XES, write_log
from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway
from pathways.models.every import METADATA
from pathways.models.introduction import Event
from pathways.models.organisation import Origin, Region, Unit
from pathways.queries.process_log import AT_ONCE, CHOICES, TOLD, Trace, read_head, read_traces
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.furnished import CAST, UNITS, furnished_app
from tests.pathways.queries.reading import later
from tests.pathways.queries.watching import watched
from tests.pathways.services.reviewing import signed_with_measures

NS = "{http://www.xes-standard.org/}"
WRITTEN = (
    "Utbilda alla enheter",
    "Underlag",
    "Vi ser en tydlig förbättring",
    "Bra jobbat",
    "§ 7",
    "HSN 2021/7",
    "klart",
)
event = table_of(Event)


def traces(app: App) -> list[Trace]:
    with app.read() as work:
        return list(read_traces(work, region_id=app.region_id()))


def exported(app: App, form: str, *, anonymous: bool = False) -> str:
    file = StringIO()
    with app.read() as work:
        write_log(work, file, form, region_id=app.region_id(), is_anonymous=anonymous)
    return file.getvalue()


def count_events(app: App) -> int:
    with app.read() as work:
        return int(work.value(select(func.count()).select_from(event)))


def test_every_event_is_told_in_its_order(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "closed")
    drive_to(either_app, clock, "sepsis", "stopped")
    found = traces(either_app)
    assert [trace.slug for trace in found] == ["kol", "sepsis"]
    assert all([step.seq for step in trace.steps] == [*range(1, len(trace.steps) + 1)] for trace in found)
    assert sum(len(trace.steps) for trace in found) == count_events(either_app)


def test_whoever_acted_becomes_the_role_that_may(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "evaluating")
    (trace,) = traces(either_app)
    roles = {step.command: step.role for step in trace.steps}
    assert roles["start"] == "coordinator"
    assert roles["answer_gap"] == "unit_representative"
    assert roles["communicate_gap_analysis"] == "lag_chair"  # appointed in this introduction
    assert roles["rank"] == "management_group_member"
    assert roles["decide"] == "registrar"
    assert roles["open_loop"] == "system"


def test_what_was_chosen_and_which_body_decided_is_told(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    (trace,) = traces(app)
    decided = next(step for step in trace.steps if step.command == "decide")
    with app.read() as work:
        bodies = read_head(work, region_id=app.region_id()).bodies
    assert (decided.choice, bodies[decided.body_id or 0]) == ("adopt", "HSN")


@pytest.mark.parametrize("form", [XES, OCEL])
@pytest.mark.parametrize("anonymous", [False, True])
def test_no_person_and_nothing_written_leaves_the_region(app: App, clock: SetClock, form: str, anonymous: bool) -> None:
    driver = drive_to(app, clock, "kol", "closed")
    drive_to(app, clock, "sepsis", "mapping").do("create_task", title="Ring Lova", due_on=driver.today.isoformat())
    text = exported(app, form, anonymous=anonymous)
    hidden = [*(person.name for person in CAST), *(person.address or "" for person in CAST), *WRITTEN, "Ring Lova"]
    assert [one for one in hidden if one and one in text] == []
    assert re.findall(r"actor|person|assignee|settled_by|reason", text) == []


def test_only_what_is_named_is_let_through_and_none_of_it_is_free_text() -> None:
    kinds = {str(kind.__tablename__): kind for kind in CaseRow.__subclasses__()}
    for table, columns in TOLD.items():
        assert set(columns) <= set(METADATA.tables[table].columns.keys())
        assert not set(columns) & kinds[table].TEXTS
        assert not [name for name in columns if name.endswith(("_id", "_by"))]
    assert set(CHOICES) == {"outcome", "decision", "how"}


def test_xes_has_a_trace_for_each_introduction_and_every_event(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    drive_to(either_app, clock, "sepsis", "mapping")
    root = ET.fromstring(exported(either_app, XES))
    assert root.tag == f"{NS}log"
    assert len(root.findall(f"{NS}trace")) == 2
    events = root.findall(f"{NS}trace/{NS}event")
    assert len(events) == count_events(either_app)
    keys = {child.get("key") for one in events for child in one}
    assert keys >= {"concept:name", "time:timestamp", "lifecycle:transition", "org:role", "phase", "place", "standing"}


def test_ocel_ties_every_event_to_objects_that_there_are(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "closed")
    drive_to(either_app, clock, "sepsis", "mapping")
    log = json.loads(exported(either_app, OCEL))
    objects = {one["id"] for one in log["objects"]}
    related = {one["objectId"] for record in (*log["events"], *log["objects"]) for one in record["relationships"]}
    assert len(objects) == len(log["objects"])
    assert len({one["id"] for one in log["events"]}) == len(log["events"]) == count_events(either_app)
    assert related <= objects
    assert {one["type"] for one in log["events"]} <= {one["name"] for one in log["eventTypes"]}
    assert {one["type"] for one in log["objects"]} <= {one["name"] for one in log["objectTypes"]}


def test_an_object_tells_its_values_over_time(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    later(driver, days=3)
    driver.complete_required_tasks()
    log = json.loads(exported(app, OCEL))
    states = [
        [one["value"] for one in record["attributes"] if one["name"] == "state"]
        for record in log["objects"]
        if record["type"] == "task"
    ]
    assert ["open", "done"] in states


def test_indicators_and_reviews_are_objects_tied_to_what_they_are_about(either_app: App, clock: SetClock) -> None:
    signed_with_measures(drive_to(either_app, clock, "kol", "executing"))
    log = json.loads(exported(either_app, OCEL))
    kinds = {one["id"]: one["type"] for one in log["objects"]}
    ties = {
        (one["type"], tie["qualifier"], kinds[tie["objectId"]])
        for one in log["objects"]
        for tie in one["relationships"]
        if tie["qualifier"] not in {"of", "unit", "body"}
    }
    assert ties == {
        ("indicator_phase", "lines_of", "indicator"),
        ("prediction", "foretells", "activity"),
        ("review", "review_of", "learning_loop"),
        ("review", "judged", "activity"),
        ("review", "looked_at", "indicator"),
    }
    told = {
        one["type"]: {(tie["qualifier"], kinds[tie["objectId"]]) for tie in one["relationships"]}
        for one in log["events"]
    }
    assert told["record_values"] == {("case", "introduction"), ("measured", "indicator")}
    assert told["sign_review"] >= {("made", "review"), ("judged", "activity"), ("looked_at", "indicator")}
    assert {("lines_of", "indicator"), ("made", "indicator_phase")} <= told["freeze_baseline"] | told["record_values"]


def test_without_names_neither_region_pathway_body_nor_unit_is_told(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    for form in (XES, OCEL):
        text = exported(app, form, anonymous=True)
        names = ["Region Dalarna", "SE-W", "KOL", "kol-1", "HSN", *(unit.name for unit in UNITS)]
        assert [name for name in names if name in text] == []
        assert "2021-" not in text


def test_without_names_days_keep_their_distance_and_their_weekday(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    logs = [json.loads(exported(app, OCEL, anonymous=anonymous)) for anonymous in (False, True)]
    plain, moved = ([datetime.fromisoformat(one["time"]) for one in log["events"]] for log in logs)
    distances = {one - other for one, other in zip(plain, moved, strict=True)}
    assert len(distances) == 1
    assert distances.pop().days % 7 == 0
    assert (moved[0].year, moved[0].month) == (2001, 1)


def test_names_with_any_letter_make_a_document_that_can_be_read(app: App, clock: SetClock) -> None:
    name = "KOL <b>\"&' \x0b\x00\ud7ff ]]> Åäö".replace("\x00", "")
    drive_to(app, clock, "kol", "mapping")
    with app.write() as work:
        work.connection.execute(update(table_of(Pathway)).values(name=name))
        work.connection.execute(update(table_of(Unit)).values(name=name))
        work.commit()
    root = ET.fromstring(exported(app, XES))
    told = root.find(f"{NS}trace/{NS}string[@key='pathway']")
    assert told is not None
    assert told.get("value") == name.replace("\x0b", "\ufffd")
    assert name in {
        one["value"] for record in json.loads(exported(app, OCEL))["objects"] for one in record["attributes"]
    }


def test_an_empty_region_gives_an_empty_log(either_app: App) -> None:
    assert len(ET.fromstring(exported(either_app, XES)).findall(f"{NS}trace")) == 0
    assert json.loads(exported(either_app, OCEL))["events"] == []


def test_another_regions_log_is_never_told(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "executing")
        drive_to(app, clock, "sepsis", "mapping")
        assert [trace.slug for trace in traces(app)] == ["sepsis"]
        assert "Gävleborg" not in exported(app, OCEL)
    finally:
        neighbour.database.dispose()


def test_a_few_introductions_are_read_at_a_time(app: App, clock: SetClock) -> None:
    for slug in ("kol", "sepsis", "epilepsi"):
        drive_to(app, clock, slug, "preparation")
    with watched(app) as sent:
        traces(app)
    assert len(sent) == 3  # roles, introductions, and the events of up to so many introductions
    assert AT_ONCE >= 3
    assert [statement for statement in sent if "region_id = " not in statement] == []


def test_made_up_data_says_so_in_the_file(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "preparation")
    with either_app.write() as work:
        work.connection.execute(update(table_of(Region)).values(origin=Origin.DEMO))
        work.commit()
    assert '<string key="origin" value="demo"/>' in exported(either_app, XES)
    assert {"name": "origin", "time": "1970-01-01T00:00:00.000+00:00", "value": "demo"} in [
        one for record in json.loads(exported(either_app, OCEL))["objects"] for one in record["attributes"]
    ]
