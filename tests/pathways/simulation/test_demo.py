import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from notifications.tables import delivery_receipt
from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.measurement.judgement import Status
from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision
from pathways.models.document import Document
from pathways.models.gap import GapAnswer
from pathways.models.introduction import Event, Introduction
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.measure import Indicator
from pathways.models.meeting import AgendaItem, Attendance, ItemKind, Minutes, MinutesState
from pathways.models.national import SharedExperience
from pathways.models.organisation import Body, Meeting, Origin, Person, Unit
from pathways.models.pack import Pack
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.queries.series import read_series
from pathways.services.ask import Ask
from pathways.services.set_up_region import set_up_region
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.simulation.demo import DemoSummary, furnish
from pathways.storage.schema import upgrade
from pathways.storage.unit_of_work import Row, table_of
from states.snapshot import Phase

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 21)


def app_in(folder: Path, today: date = TODAY) -> App:
    clock = SetClock(datetime(today.year, today.month, today.day, 6, tzinfo=UTC))
    app = build_app(Settings(home=folder), clock=clock)
    upgrade(app.database)
    return app


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, DemoSummary]]:
    app = app_in(tmp_path_factory.mktemp("demo"))
    yield app, furnish(app, today=TODAY)
    app.database.dispose()


@pytest.fixture
def demo(furnished: tuple[App, DemoSummary]) -> App:
    return furnished[0]


def rows(app: App, kind: type) -> list[Row]:
    with app.read() as work:
        return work.rows(select(table_of(kind)))


def case(app: App, slug: str) -> Row:
    return next(row for row in rows(app, Introduction) if row["slug"] == slug)


def test_ten_pathways_stand_in_every_phase_and_one_rests(furnished: tuple[App, DemoSummary]) -> None:
    summary = furnished[1]
    assert (summary.made, summary.introductions) == (True, 10)
    assert set(summary.phases) == {str(phase) for phase in Phase} | {"paused"}


@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("kol", "reviewing"),
        ("kritisk-benischemi", "executing"),
        ("schizofreni-forstagangsinsjuknande", "adjusting"),
        ("sepsis", "mapping"),
        ("reumatoid-artrit-etablerad", "communicated"),
        ("hjartsvikt-nydebuterad", "awaiting_decision"),
        ("stroke-tia-tidiga-insatser", "paused"),
    ],
)
def test_each_pathway_stands_where_the_status_table_had_it(demo: App, slug: str, place: str) -> None:
    assert case(demo, slug)["place"] == place


def test_the_consultation_response_of_the_open_text_is_sent(demo: App) -> None:
    inside = case(demo, "reumatoid-artrit-etablerad")["configuration"]
    assert {"consultation", "submitted"} <= set(inside)


@pytest.mark.parametrize("slug", ["kol", "kritisk-benischemi", "schizofreni-forstagangsinsjuknande"])
def test_the_three_that_the_board_decided_have_held_loops(demo: App, slug: str) -> None:
    number = case(demo, slug)["id"]
    held = [row for row in rows(demo, LearningLoop) if row["introduction_id"] == number]
    assert any(row["state"] == LoopState.HELD for row in held)


def test_some_tasks_are_due_soon_and_one_or_two_are_late(furnished: tuple[App, DemoSummary]) -> None:
    summary = furnished[1]
    assert 1 <= summary.late_tasks <= 3
    assert summary.open_tasks >= 8


def test_what_is_invented_says_so(demo: App) -> None:
    texts = [
        *(row["name"] for row in rows(demo, Unit)),
        *(row["title"] for row in rows(demo, Activity)),
        *(row["register_no"].lower() for row in rows(demo, Decision)),
        *(row["measure"] for row in rows(demo, GapAnswer) if row["measure"]),
        *(row["outcome"] for row in rows(demo, Task) if row["outcome"]),
    ]
    assert len(texts) > 100
    assert [text for text in texts if "exempeldata" not in text] == []


def test_people_are_roles_with_addresses_that_lead_nowhere(demo: App) -> None:
    people = rows(demo, Person)
    assert len(people) > 25
    assert all(person["address"] == f"{person['slug']}@example.org" for person in people)


def test_nothing_was_mailed_and_nothing_waits_to_be(demo: App) -> None:
    with demo.read() as work:
        channels = set(work.values(select(delivery_receipt.c.channel)))
    assert channels <= {"inbox", "memory"}


def test_the_demo_stands_the_check(demo: App) -> None:
    assert verify(demo) == ()


def test_nothing_in_the_log_lies_today_or_later(demo: App) -> None:
    assert max(row["at"] for row in rows(demo, Event)) < datetime(2026, 11, 21, tzinfo=UTC)


def test_a_furnished_database_is_left_alone(demo: App) -> None:
    before = len(rows(demo, Event))
    assert furnish(demo, today=TODAY).made is False
    assert len(rows(demo, Event)) == before


def test_the_paused_pathway_has_no_task_that_grows_late(demo: App) -> None:
    number = case(demo, "stroke-tia-tidiga-insatser")["id"]
    mine = [row for row in rows(demo, Task) if row["introduction_id"] == number]
    assert [row for row in mine if row["state"] == TaskState.OPEN] == []


def test_real_data_are_refused_and_stay_as_they_are(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    with app.write() as work:
        set_up_region(work, app.profile, today=TODAY, origin=Origin.REAL)
        work.commit()
    with pytest.raises(Refused) as refusal:
        furnish(app, today=TODAY)
    assert refusal.value.sentence == "error.real_data_present"
    assert rows(app, Introduction) == []


def test_a_demo_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    with app.write() as work:
        set_up_region(work, app.profile, today=TODAY, origin=Origin.DEMO)
        work.commit()
    with pytest.raises(Refused) as refusal:
        furnish(app, today=TODAY)
    assert refusal.value.sentence == "error.demo_unfinished"


def test_a_command_can_follow_at_once(demo: App, tmp_path: Path) -> None:
    assert demo.database.file is not None
    demo.database.dispose()
    shutil.copy(demo.database.file, tmp_path / "forlopp.db")
    receipt = app_in(tmp_path).run("sepsis", "report", {}, Ask(actor="samordnare", reason="läget"))
    assert receipt.place == "mapping"


@pytest.mark.parametrize("today", [date(2026, 12, 27), date(2027, 1, 7), date(2027, 6, 30), date(2028, 2, 29)])
def test_the_demo_holds_on_any_day_of_the_year(tmp_path: Path, today: date) -> None:
    app = app_in(tmp_path, today)
    summary = furnish(app, today=today)
    assert verify(app) == ()
    assert set(summary.phases) == {str(phase) for phase in Phase} | {"paused"}
    assert 1 <= summary.late_tasks <= 4


def test_the_demo_is_furnished_on_postgresql_too(postgres_database_url: str) -> None:
    clock = SetClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
    app = build_app(Settings(), clock=clock, database_url=postgres_database_url)
    upgrade(app.database)
    assert furnish(app, today=TODAY).introductions == 10
    assert verify(app) == ()
    app.database.dispose()


def test_the_demo_measures_and_its_charts_tell_of_change_and_of_none(demo: App) -> None:
    named = {row["introduction_id"]: row for row in rows(demo, Indicator) if row["kind"] == "process"}
    told = {}
    for row in rows(demo, Introduction):
        if row["id"] in named:
            with demo.read() as work:
                wanted = {"region_id": demo.region_id(), "slug": row["slug"], "now": work.now}
                series = read_series(work, named[row["id"]]["slug"], None, **wanted)
            told[row["slug"]] = series.judge(TODAY).status
    assert told["kol"] is told["reumatoid-artrit-del-1"] is Status.IMPROVEMENT
    assert told["kritisk-benischemi"] is Status.QUIET
    assert told["sepsis"] is Status.TOO_EARLY


def test_documents_of_every_state_are_there_marked_as_example_data(demo: App) -> None:
    documents = rows(demo, Document)
    assert {row["kind"] for row in documents} == {
        *("action_plan", "decision_basis", "state_report", "minutes", "minutes_extract")
    }
    assert {row["state"] for row in documents} == {"working_paper", "fixed", "dispatched"}
    assert all("Exempeldata" in row["content"] for row in documents if row["content"])


def items_of(app: App, body: str) -> list[Row]:
    """The items of a body's meetings, each with the day of its meeting."""
    items, meetings, bodies = (table_of(kind) for kind in (AgendaItem, Meeting, Body))
    query = select(items, meetings.c.held_on).join(meetings, meetings.c.id == items.c.meeting_id)
    query = query.join(bodies, bodies.c.id == meetings.c.body_id).where(bodies.c.slug == body)
    with app.read() as work:
        return work.rows(query.order_by(meetings.c.held_on, items.c.position))


def test_two_bodies_have_endorsed_the_plan_that_the_board_is_to_decide_on(demo: App) -> None:
    plan = case(demo, "hjartsvikt-nydebuterad")["id"]
    told = {body: [row for row in items_of(demo, body) if row["introduction_id"] == plan] for body in ("ksg", "lg_hs")}
    assert {body: [row["outcome"] for row in found] for body, found in told.items()} == {
        "ksg": ["adopt"],
        "lg_hs": ["adopt"],
    }
    assert told["ksg"][0]["held_on"] < told["lg_hs"][0]["held_on"] < TODAY
    (asked,) = [row for row in items_of(demo, "hsn") if row["introduction_id"] == plan]
    assert (asked["kind"], asked["outcome"]) == (ItemKind.DECISION, None)
    assert asked["held_on"] > TODAY


@pytest.mark.parametrize("body", ["ksg", "lg_hs", "hsn"])
def test_each_body_has_something_on_a_coming_agenda_marked_as_example_data(demo: App, body: str) -> None:
    ahead = [row for row in items_of(demo, body) if row["held_on"] >= TODAY]
    assert ahead
    names = {row["name"] for row in rows(demo, Pathway)}  # a plan that is handed in stands there by its own name
    told = [text for row in items_of(demo, body) for text in (row["title"], row["proposal"], row["motive"])]
    texts = [text for text in told if text and text not in names]
    assert [text for text in texts if "exempeldata" not in text] == []


def test_earlier_meetings_have_approved_minutes_a_notice_and_who_was_there(demo: App) -> None:
    minutes = rows(demo, Minutes)
    assert [row["state"] for row in minutes] == [MinutesState.APPROVED, MinutesState.APPROVED]
    assert all(row["notice_up_on"] == row["approved_on"] < TODAY for row in minutes)
    assert len([row for row in rows(demo, Attendance) if row["present"]]) == 5


def test_the_boards_pack_is_frozen_and_an_experience_is_shared(demo: App) -> None:
    (pack,) = rows(demo, Pack)
    secretary = next(row["id"] for row in rows(demo, Person) if row["slug"] == "namndsekreterare")
    assert (pack["number"], pack["frozen_by"]) == (1, secretary)
    assert "hjartsvikt-nydebuterad" in pack["content"]
    (shared,) = rows(demo, SharedExperience)
    assert all("exempeldata" in shared[name] for name in ("step", "how", "result"))
