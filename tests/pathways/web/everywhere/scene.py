"""A region in which every page has something to show, and a second region beside it on the same database.

Everything of the first region that nobody of the second may ever see carries the word `MARK`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from notifications.channels.memory import MemoryChannel
from notifications.tables import inbox_item, outbox_message
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.models.access import OidcGroup
from pathways.models.document import DocumentKind
from pathways.models.holding import Award, AwardJuror, Nomination
from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.models.organisation import Absence, Body, ClosingDay, Meeting, Person, RegionRole, Unit, UnitKind
from pathways.models.plan_comment import PlanComment
from pathways.models.task import Task
from pathways.models.webhook import Webhook
from pathways.profiles.vocabulary import Role
from pathways.queries.pack.build import build_text
from pathways.services.access.api_token import SCOPES, digest_of, make_token
from pathways.services.access.task_link import make_task_link
from pathways.services.ask import Ask
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.document.write_words import write_words
from pathways.services.gap.bundle import make_bundle
from pathways.services.pack.freeze import freeze_by_system
from pathways.services.pack.meeting import find_meeting
from pathways.storage.unit_of_work import UnitOfWork, table_of
from tests.pathways.conftest import START
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.services.document.desk import Desk
from tests.pathways.services.judge import rows
from tests.pathways.services.measuring import define, months, record
from tests.pathways.web.everywhere.people import KINDS, THEIRS
from tests.pathways.web.gap.scene import FEET, WOUNDS, asked
from tests.pathways.web.plan.scene import at_ranking, at_round, refs, score

MARK = "Kvistberga"
LOOPING, COMMENTED, RANKED, ELSEWHERE = "kol", "sepsis", "hjartsvikt-nydebuterad", "knaledsartros"
INDICATOR = f"dagar-till-besok-i-{MARK.lower()}"
ANEW = "hoftledsartros-primarvard"
"""Stopped, and begun anew."""

UNTOUCHED = "epilepsi"
"""A national pathway that nobody has begun."""

AWARD_YEAR = 2022
OWN_MEETING = date(2022, 8, 6)
OWN_CLOSING_DAY = date(2022, 12, 30)
GIVEN_TASK = f"Ring {MARK}"
NEW_PEOPLE: Mapping[str, tuple[str, Role | None]] = {
    "lasare": ("Lova Nyman", Role.ELECTED_READER),
    "patient": ("Pia Dal", Role.PATIENT_REPRESENTATIVE),
    "mottagare": (f"Moa {MARK}", None),
    "annan": ("Anna Norr", None),
}

_person, _unit, _body = table_of(Person), table_of(Unit), table_of(Body)
_introduction, _meeting = table_of(Introduction), table_of(Meeting)


@dataclass(frozen=True, slots=True)
class Scene:
    """The database as a file, the instant at which it was left, and the names of what stands in it."""

    file: Path
    now: datetime
    names: Mapping[str, str]
    tokens: Mapping[str, str]


def build_scene(file: Path) -> Scene:
    """Make both regions, and let the first one come as far as its pages show."""
    url, clock = f"sqlite:///{file}", SetClock(START)
    furnished_app(url, clock, code=THEIRS, name="Region Exempel").database.dispose()
    app = furnished_app(url, clock)
    with app.write() as work:
        _add_people_and_places(work, app.region_id())
        work.commit()
    _anew(app, clock)
    names = {**_looping(app, clock), **_documented(app, clock), **_plans(app, clock), **_gaps(app, clock)}
    deliver_due(app, build_post(app, MemoryChannel(name="address")), now=clock.now())
    with app.write() as work:
        names |= _administered(work, app)
        tokens = _tokens(work, app)
        work.commit()
    with app.write() as work:
        meeting = find_meeting(work, region_id=app.region_id(), body="hsn", day=OWN_MEETING)
        freeze_by_system(work, meeting, profile=app.profile, build=build_text)
        work.commit()
    app.database.dispose()
    return Scene(file, clock.now(), names, tokens)


def person_of(work: UnitOfWork, region_id: int, slug: str) -> int:
    """Return the id of a person of a region."""
    query = select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == slug)
    return int(work.value(query))


def _add_people_and_places(work: UnitOfWork, region_id: int) -> None:
    here = {"region_id": region_id}
    unit = {"slug": "vc-egen", "name": f"Vårdcentralen {MARK}", "kind": UnitKind.PRIMARY_CARE_CENTRE}
    work.insert_one(Unit, {**here, **unit})
    for slug, (name, role) in NEW_PEOPLE.items():
        address = f"mailto://{slug}@forlopp.example"
        person_id = work.insert_one(Person, {**here, "slug": slug, "name": name, "address": address})
        if role is not None:
            work.insert_one(RegionRole, {**here, "person_id": person_id, "role": role})


def _looping(app: App, clock: SetClock) -> dict[str, str]:
    """An introduction that has been through most of its life, whose learning loop is open; and one just begun."""
    driver = drive_to(app, clock, LOOPING, "reviewing")
    due_on = (driver.today + timedelta(days=30)).isoformat()
    done = _made(driver, "task", "create_task", title=f"Skriv till {MARK}", due_on=due_on, person="mottagare")
    driver.do("complete_task", by="mottagare", task=done, outcome="Skrivet")
    unit_task = _made(driver, "task", "create_task", title="Ring Mora", due_on=due_on, person="vcf")
    task = _made(driver, "task", "create_task", title=GIVEN_TASK, due_on=due_on, person="mottagare")
    file = {"name": "Anteckning.pdf", "content": b"%PDF-1.7 hej"}
    attachment = _made(driver, "attachment", "attach_file", by="mottagare", task=task, **file)
    driver.do("comment_task", by="mottagare", task=task, text=f"Vi har frågat {MARK}.")
    driver.do("open_hold_check", people=["ordf", "res", "vcf"], due_on=due_on)
    lesson = _made(driver, "lesson", "record_lesson", text=f"Fråga {MARK} först.", hinders=["people"])
    indicator = define(driver, name=f"Dagar till besök i {MARK}")
    record(driver, indicator, months([12.0, 14.0], unit="vc-falun"))
    elsewhere = Driver(app, clock, ELSEWHERE)
    elsewhere.do("start")
    elsewhere.do("appoint", person="annan", role="lag_chair")
    row = driver.row()
    assert row is not None
    with app.read() as work:
        person_id = person_of(work, app.region_id(), "mottagare")
    link = make_task_link(
        secret=app.secret, person_id=person_id, introduction_id=row["id"], ref=task, made_at=clock.now()
    )
    number = str(row["version"])
    made = {"task": task, "done": done, "unit_task": unit_task, "attachment": attachment, "link": link}
    return {**made, "event": number, "lesson": lesson, "indicator": indicator}


def _anew(app: App, clock: SetClock) -> None:
    """Let a pathway be stopped with a file on a task, and begin again."""
    driver = drive_to(app, clock, ANEW, "preparation")
    task = _made(driver, "task", "create_task", title="Skriv ned", due_on=driver.today.isoformat(), person="m1")
    driver.do("attach_file", task=task, name="plan.txt", content=b"Planen")
    drive_to(app, clock, ANEW, "stopped")
    drive_to(app, clock, ANEW, "preparation")


def _documented(app: App, clock: SetClock) -> dict[str, str]:
    """A fixed document of the introduction, and a working paper beside it."""
    desk = Desk(app, clock)
    document = desk.begin(DocumentKind.ACTION_PLAN, LOOPING)
    desk.do(lambda office: write_words(office, document, {"summary": f"Plan för {MARK}."}))
    desk.fix(document)
    return {"document": str(document), "working": str(desk.begin(DocumentKind.DECISION_BASIS, LOOPING))}


def _plans(app: App, clock: SetClock) -> dict[str, str]:
    """A plan that units are asked about, and one that waits to be ranked."""
    commented = at_round(app, clock, COMMENTED)
    activity = refs(commented)[0]
    commented.do("update_activity", activity=activity, title=f"Utbilda {MARK}")
    score(at_ranking(app, clock, RANKED))
    view = next(row["ref"] for row in rows(commented, PlanComment) if row["activity_ref"] == activity)
    return {"activity": activity, "view": view}


def _gaps(app: App, clock: SetClock) -> dict[str, str]:
    """A gap analysis that two units are asked for, one has answered; and a joint one with another pathway."""
    wounds = asked(app, clock, slug=WOUNDS)
    due_on = (wounds.today + timedelta(days=60)).isoformat()
    wounds.do("invite_units", units=["vc-falun", "medicin"], due_on=due_on)
    answers = [{"step": str(number), "level": number % 4, "measure": f"Utbilda {MARK}"} for number in range(1, 6)]
    wounds.do("answer_gap", by="med", unit="medicin", answers=answers)
    feet = asked(app, clock, slug=FEET, name="Diabetes med hög risk för fotsår")
    with app.write() as work:
        name, region_id = f"Sår i {MARK}", app.region_id()
        bundle = make_bundle(work, region_id=region_id, made_by=None, name=name, members=(WOUNDS, FEET))
        work.commit()
    feet.do("invite_units", units=["vc-falun"], due_on=due_on, bundle=bundle)
    wounds.do("invite_units", units=["alvdalen"], due_on=due_on, bundle=bundle)
    unit_id = _id_of_unit(app, "vc-falun")
    task = next(row["ref"] for row in rows(wounds, Task, unit_id=unit_id))
    return {"bundle": bundle, "gap_task": task}


def _administered(work: UnitOfWork, app: App) -> dict[str, str]:
    """What stands in the rooms of the administration: one of everything that a button is about."""
    region_id, now = app.region_id(), work.now
    here = {"region_id": region_id}
    given = person_of(work, region_id, "mottagare")
    today = now.date()
    away = {"from_on": today + timedelta(days=5), "until_on": today + timedelta(days=9)}
    _open_award(work, region_id)
    absence = work.insert_one(Absence, {"person_id": given, **away})
    body = work.value(select(_body.c.id).where(_body.c.region_id == region_id, _body.c.slug == "hsn"))
    work.insert(Meeting, [{"body_id": body, "held_on": OWN_MEETING, "hand_in_on": OWN_MEETING - timedelta(days=14)}])
    sitting = work.value(select(_meeting.c.id).where(_meeting.c.body_id == body, _meeting.c.held_on == OWN_MEETING))
    told = {"kind": ItemKind.INFORMATION, "title": f"Läget i {MARK}", "proposal": f"Svar från {MARK}"}
    agenda = work.insert_one(AgendaItem, {**here, "meeting_id": sitting, "position": 1, **told, "added_at": now})
    work.insert(ClosingDay, [{**here, "closed_on": OWN_CLOSING_DAY}])
    hook = {"name": MARK, "url": "https://example.org/hook", "made_at": now, "next_try_at": now}
    webhook = work.insert_one(Webhook, {**here, **hook})
    group = work.insert_one(OidcGroup, {**here, "name": f"{MARK}-grupp", "role": Role.ANALYST})
    token = make_token(work, person_id=given, name=f"Program {MARK}", scopes=("read",), days=90, **here)
    return {
        "absence": str(absence),
        "agenda_item": str(agenda),
        "webhook": str(webhook),
        "group": str(group),
        "token": digest_of(token),
        "dead": _give_up_a_message(work, given),
        "item": str(work.value(select(inbox_item.c.id).where(inbox_item.c.recipient == str(given)).limit(1))),
    }


def _open_award(work: UnitOfWork, region_id: int) -> None:
    """Årets implementation, with a jury and one nomination."""
    award = work.insert_one(Award, {"region_id": region_id, "year": AWARD_YEAR, "nominate_until": date(2099, 1, 1)})
    jury = [person_of(work, region_id, slug) for slug in ("lg", "ana", "chef")]
    work.insert(AwardJuror, [{"award_id": award, "person_id": person_id} for person_id in jury])
    mine = (_introduction.c.region_id == region_id, _introduction.c.slug == LOOPING)
    case = work.value(select(_introduction.c.id).where(*mine))
    words = {"motive": f"{MARK} bar det hela vägen", "nominated_at": work.now}
    work.insert_one(Nomination, {"award_id": award, "introduction_id": case, **words})


def _give_up_a_message(work: UnitOfWork, person_id: int) -> str:
    newest = select(func.max(outbox_message.c.id)).where(outbox_message.c.recipient == str(person_id))
    message = work.value(newest)
    settled = {"state": "dead", "settled_at": work.now, "last_error": "550 no such mailbox"}
    work.connection.execute(update(outbox_message).where(outbox_message.c.id == message).values(settled))
    return str(message)


def _tokens(work: UnitOfWork, app: App) -> dict[str, str]:
    """A token of every scope for everybody of the cast, and one of a single scope each for the coordinator."""
    tokens: dict[str, str] = {}
    for name, kind in KINDS.items():
        if not kind.slug:
            continue
        region_id = app.region_id(kind.code)
        person_id = person_of(work, region_id, kind.slug)
        tokens[name] = _token(work, region_id, person_id, SCOPES)
        if name == "coordinator":
            tokens |= {f"only {scope}": _token(work, region_id, person_id, (scope,)) for scope in SCOPES}
    return tokens


def _token(work: UnitOfWork, region_id: int, person_id: int, scopes: tuple[str, ...]) -> str:
    return make_token(work, region_id=region_id, person_id=person_id, name="Program", scopes=scopes, days=90)


def _made(driver: Driver, kind: str, command: str, /, *, by: str = "sam", **data: object) -> str:
    """Give a command and return the ref of what it made."""
    receipt = driver.app.run(driver.slug, command, data, Ask(actor=by))
    return next(ref for made, ref in receipt.made if made == kind)


def _id_of_unit(app: App, slug: str) -> int:
    query = select(_unit.c.id).where(_unit.c.region_id == app.region_id(), _unit.c.slug == slug)
    with app.read() as work:
        return int(work.value(query))
