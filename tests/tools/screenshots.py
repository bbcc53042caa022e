"""`python -m tests.tools.screenshots FOLDER`: the README's pictures, taken of the product with its own example data.

The day is always the same, so that a picture changes only where the product has changed.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import exists, select

from notifications.channels.inbox import mark_all_read
from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Event, Introduction
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Body, Meeting, Person, Unit
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_instant
from pathways.services.access.session import start_session
from pathways.services.access.task_link import make_task_link
from pathways.services.ask import Ask
from pathways.settings import Settings
from pathways.simulation.demo import furnish
from pathways.simulation.world import BOARD_SECRETARY, COORDINATOR, MANAGERS, REPRESENTATIVE, RESOURCES, team_of
from pathways.storage.schema import upgrade
from pathways.storage.unit_of_work import Row, table_of
from pathways.web.app import build_web
from pathways.web.config import WebConfig
from pathways.web.observe import configure_logs
from pathways.web.sessions import cookie_name
from tests.browser import find_chromium, served

TODAY, TEN_O_CLOCK = date(2026, 6, 10), time(10, 0)
DESK, BOARD, PHONE, CHART = (1280, 860), (1280, 1080), (360, 1120), (1280, 640)
TABLET, WHEEL = (820, 1000), (1280, 540)
LARGEST = 150_000
"""Bytes of one picture: a page that shows several is to open at once."""

MEASURE = "andel-patienter-med-samordnad-plan-exempeldata"
CONFIG = WebConfig(base_url="http://127.0.0.1", demo=True)
LEVELS = ((2, 2), (4, 4), (2, 4), (1, 2), (4, 3))
"""What one member of the management group thinks of each activity: how severe, how feasible; others think alike."""

_introduction, _event, _task, _activity = (table_of(row) for row in (Introduction, Event, Task, Activity))
_body, _meeting, _item = table_of(Body), table_of(Meeting), table_of(AgendaItem)
_person, _unit, _invitation, _answer_row = (table_of(row) for row in (Person, Unit, GapInvitation, GapAnswer))


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, who looks at which page, on how large a screen, and what they do there first."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK
    act: Callable[[Page], object] | None = None


class TooLarge(Exception):
    """A picture has become larger than the README should carry: make its screen less tall."""


def main(folder: Path) -> None:
    """Furnish the demo, serve it, and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with _demo() as app, served(build_web(app, CONFIG)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        for picture in _pictures(app):
            _take(browser, app, address, picture, folder)
        browser.close()


@contextmanager
def _demo() -> Iterator[App]:
    """Give the furnished demo on a quiet morning: the inboxes are read."""
    with TemporaryDirectory() as home:
        app = build_app(Settings(home=Path(home)), database_url=f"sqlite:///{home}/forlopp.db")
        upgrade(app.database)
        furnish(app, today=TODAY)
        app.clock = SetClock(local_instant(TODAY, TEN_O_CLOCK, app.profile.region.zone))
        with app.write() as work:
            for person_id in work.values(select(_person.c.id)):
                mark_all_read(work.connection, str(person_id), now=work.now)
            work.commit()
        yield app
        app.database.dispose()


def _pictures(app: App) -> Iterator[Picture]:
    """Yield the pictures: of introductions that stand where there is something to see."""
    yield Picture("board", COORDINATOR, "/forlopp", BOARD)
    yield Picture("introduction", COORDINATOR, f"/forlopp/{_standing(app, 'mapping')}", act=_pass_the_menus)
    yield Picture("task-phone", "", _link(app, RESOURCES[0]), PHONE)
    asked = _asked(app)
    form = f"/forlopp/{asked['slug']}/gapanalys/{asked['unit']}/steg/3"
    yield Picture("gap-form", REPRESENTATIVE[asked["unit"]], form, act=_answer)
    board, item = _before_the_board(app)
    yield Picture("meeting", BOARD_SECRETARY, f"{board}/arende/{item}", TABLET, _pass_the_menus)
    yield Picture("pack", MANAGERS[0], f"{board}/underlag", TABLET, _pass_the_menus)
    yield Picture("year", COORDINATOR, "/arshjul", WHEEL, _pass_to_the_wheel)
    yield Picture("ranking", MANAGERS[0], f"/forlopp/{_wait_for_ranking(app)}/rangordning")
    celebrated, reviewing = _standing(app, "celebrated"), _standing(app, "reviewing")
    yield Picture("chart", RESOURCES[0], f"/forlopp/{celebrated}/utvardering", CHART, _pass_to_the_chart)
    yield Picture("chart-phone", RESOURCES[0], f"/forlopp/{celebrated}/matning/{MEASURE}", PHONE, _pass_to_the_chart)
    review = f"/forlopp/{reviewing}/loop/2/avstamning"
    yield Picture("review", team_of(reviewing).chair, review, act=_pass_to_the_activities)


def _before_the_board(app: App) -> tuple[str, int]:
    """Return the address of the meeting that a plan is on its way to, and the plan's item on its agenda."""
    query = (
        select(_body.c.slug, _meeting.c.held_on, _item.c.id)
        .join(_meeting, _meeting.c.body_id == _body.c.id)
        .join(_item, _item.c.meeting_id == _meeting.c.id)
        .join(_introduction, _introduction.c.id == _item.c.introduction_id)
        .where(_introduction.c.place == "awaiting_decision", _item.c.outcome.is_(None))
    )
    with app.read() as work:
        row = work.rows(query)[0]
    return f"/moten/{row['slug']}/{row['held_on'].isoformat()}", row["id"]


def _wait_for_ranking(app: App) -> str:
    """Take the hand-in of a plan back, let the management group score it, and return the introduction's name."""
    slug = _standing(app, "awaiting_decision")
    query = (
        select(_event.c.seq)
        .join(_introduction, _introduction.c.id == _event.c.introduction_id)
        .where(_introduction.c.slug == slug, _event.c.command == "submit_for_decision")
    )
    with app.read() as work:
        handed_in = work.values(query.order_by(_event.c.seq))[-1]
    app.run(slug, "correct", {"undo_to": handed_in - 1}, Ask(actor=COORDINATOR, reason="Planen ska rangordnas om"))
    refs = select(_activity.c.ref).join(_introduction, _introduction.c.id == _activity.c.introduction_id)
    with app.read() as work:
        activities = work.values(refs.where(_introduction.c.slug == slug, _activity.c.voided_by.is_(None)))
    scores = [
        {"activity": ref, "severity": severity, "feasibility": feasibility}
        for ref, (severity, feasibility) in zip(activities, LEVELS, strict=False)
    ]
    for member in MANAGERS[:2]:
        app.run(slug, "score_activities", {"scores": scores}, Ask(actor=member))
    return slug


def _standing(app: App, place: str) -> str:
    with app.read() as work:
        return str(work.value(select(_introduction.c.slug).where(_introduction.c.place == place)))


def _asked(app: App) -> Row:
    """Return an introduction and a unit that has not begun to answer its gap analysis."""
    answered = exists().where(_answer_row.c.introduction_id == _introduction.c.id, _answer_row.c.unit_id == _unit.c.id)
    query = (
        select(_introduction.c.slug, _unit.c.slug.label("unit"))
        .join(_invitation, _invitation.c.introduction_id == _introduction.c.id)
        .join(_unit, _unit.c.id == _invitation.c.unit_id)
        .where(_invitation.c.state == InvitationState.WAITING, _introduction.c.standing == "active", ~answered)
    )
    with app.read() as work:
        return work.rows(query.order_by(_invitation.c.due_on))[0]


def _link(app: App, person: str) -> str:
    """Return the address in the mail about a person's first task."""
    query = (
        select(_task.c.ref, _task.c.introduction_id, _task.c.assignee_id)
        .join(_person, _person.c.id == _task.c.assignee_id)
        .where(_person.c.slug == person, _task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None))
    )
    with app.read() as work:
        task = work.rows(query.order_by(_task.c.due_on))[0]
    carried = {"introduction_id": task["introduction_id"], "ref": task["ref"], "person_id": task["assignee_id"]}
    return f"/u/{make_task_link(secret=app.secret, made_at=app.clock.now(), **carried)}"


def _pass_the_menus(page: Page) -> None:
    page.locator("h1").evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 64)")


def _pass_to_the_chart(page: Page) -> None:
    page.locator(".figure").first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 24)")


def _pass_to_the_wheel(page: Page) -> None:
    page.locator(".year-wheel").evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 16)")


def _pass_to_the_activities(page: Page) -> None:
    page.locator("#del-c").evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 24)")


def _answer(page: Page) -> None:
    page.get_by_label("Måttligt").check()


def _take(browser: Browser, app: App, address: str, picture: Picture, folder: Path) -> None:
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE", reduced_motion="reduce")
    if picture.who:
        cookie = {"name": cookie_name(CONFIG), "value": _session(app, picture.who), "domain": "127.0.0.1", "path": "/"}
        context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own form of a dict
    page = context.new_page()
    page.goto(f"{address}{picture.path}")
    if picture.act is not None:
        picture.act(page)
    file = folder / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    if file.stat().st_size > LARGEST:
        raise TooLarge(f"{file}: {file.stat().st_size} bytes")


def _session(app: App, person: str) -> str:
    with app.write() as work:
        person_id = work.value(select(_person.c.id).where(_person.c.slug == person))
        secret = start_session(work, person_id, now=work.now)
        work.commit()
    return secret


if __name__ == "__main__":
    configure_logs()
    main(Path(sys.argv[1]))
