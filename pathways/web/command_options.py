"""What each question of a command lets a person choose between, in words, and which answers are known beforehand.

Only the lists that the form at hand asks for are read. A person never sees a number or a short name of ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pathways.profiles.vocabulary import Matter, Role
from pathways.queries import choices
from pathways.queries.details import title_of
from pathways.queries.material import Head
from pathways.services.people.appoint import APPOINTABLE
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.command_form import Offered, Part, order_of, parts_of
from pathways.web.forms import YES, Option
from pathways.web.visit import Visit

MEETINGS_BACK = timedelta(days=200)
SETTLED_TASK = "reopen_task"
WHOLE_TASKS = frozenset({"comment_task", "attach_link"})  # also about tasks that are done
ATTENDING = (
    *(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE, Role.LAG_MEMBER, Role.UNIT_REPRESENTATIVE, Role.COORDINATOR),
    *(Role.HEAD, Role.ANALYST, Role.PATIENT_REPRESENTATIVE),
)
DOING = (
    *(Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR, Role.LAG_MEMBER, Role.COORDINATOR, Role.HEAD, Role.ANALYST),
    *(Role.REGISTRAR, Role.MANAGEMENT_GROUP_MEMBER, Role.UNIT_REPRESENTATIVE),
)

FAMILIES: Mapping[str, str] = {
    "outcome.decide": "choice",
    "outcome.adopt_revision": "choice",
    "outcome.record_follow_up": "choice",
    "decision.hold_loop": "choice",
    "how.arrange_patient_perspective": "web.intro.perspective",
}
"""The words for what an order lets one choose between."""

ROLES: Mapping[str, tuple[Role, ...]] = {
    "role.appoint": tuple(role for role in Role if role in APPOINTABLE),
    "role.create_task": DOING,
    "attendees.hold_loop": ATTENDING,
}


@dataclass(frozen=True, slots=True)
class Around:
    """One introduction (none yet where one is to be started) as a form's choices need it."""

    visit: Visit
    work: UnitOfWork
    command: str
    head: Head | None

    @property
    def region_id(self) -> int:
        """Return the visitor's region."""
        return self.visit.visitor.region_id

    @property
    def case(self) -> int:
        """Return the introduction's id."""
        assert self.head is not None
        return self.head.introduction_id

    @property
    def analysed(self) -> int | None:
        """Return the version that the gap analysis is about."""
        assert self.head is not None
        found: int | None = self.head.own["analysed_version_id"]
        return found


Options = Callable[[Around], tuple[Option, ...]]


def offer(around: Around) -> Offered:
    """Return the options of a command's questions, and the answers that go without saying."""
    parts = parts_of(order_of(around.command))
    options = {part.name: _options(around, part) for part in parts}
    for name in _put_together(around.command):
        options[name] = _FOUND[name](around)
    values = {name: _usual(around, name, found) for name, found in options.items()}
    return Offered(
        {name: found for name, found in options.items() if found}, {name: one for name, one in values.items() if one}
    )


def _put_together(command: str) -> tuple[str, ...]:
    if command == "dismiss":
        return ("appointment",)
    return ("meeting",) if command in MATTERS else ()


def _options(around: Around, part: Part) -> tuple[Option, ...]:
    key = f"{part.name}.{around.command}"
    if key in FAMILIES:
        return tuple(
            Option(value=one, label=_upper(around.visit.texts.word(FAMILIES[key], one))) for one in part.choices
        )
    if key in ROLES:
        return tuple(Option(value=str(role), label=_role(around, role)) for role in ROLES[key])
    find = _FOUND.get(key) or _FOUND.get(part.name)
    return find(around) if find else ()


def _usual(around: Around, name: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    """Return the answer that goes without saying: today, the only choice there is, the role most often asked."""
    match name, around.command:
        case "held_on", _:
            return (around.visit.today.isoformat(),)
        case "respond", _:
            return (YES,)
        case "role", "create_task":
            return (str(Role.DEVELOPMENT_RESOURCE),)
        case "body" | "months" | "task", _ if len(options) == 1:
            return (options[0].value,)
        case "meeting", "decide" if options:
            return (options[0].value,)
    return ()


def _people(around: Around) -> tuple[Option, ...]:
    return tuple(
        Option(value=row["slug"], label=_with(row["name"], row["unit"]))
        for row in choices.list_people(around.work, region_id=around.region_id)
    )


def _units(around: Around) -> tuple[Option, ...]:
    rows = choices.list_units(around.work, region_id=around.region_id)
    return tuple(Option(value=row["slug"], label=row["name"]) for row in rows)


def _uninvited(around: Around) -> tuple[Option, ...]:
    rows = choices.list_uninvited(around.work, around.case, region_id=around.region_id, version_id=around.analysed)
    return tuple(Option(value=row["slug"], label=row["name"]) for row in rows)


def _waiting_units(around: Around) -> tuple[Option, ...]:
    rows = choices.list_waiting(around.work, around.case, version_id=around.analysed)
    return tuple(Option(value=row["slug"], label=row["name"]) for row in rows)


def _versions(around: Around) -> tuple[Option, ...]:
    assert around.head is not None
    rows = choices.list_versions(around.work, around.head.pathway_id)
    first = Option(value="", label=around.visit.texts.say("web.intro.version_analysed"))
    return (first, *(Option(value=row["label"], label=row["label"]) for row in rows)) if len(rows) > 1 else ()


MATTERS: Mapping[str, Matter] = {
    "decide": Matter.PLAN,
    "record_response": Matter.RESPONSE,
}


def _bodies(around: Around) -> tuple[Option, ...]:
    """Return the bodies with the mandate; of the new pathway any may be informed, the usual one first."""
    rows = choices.list_bodies(around.work, region_id=around.region_id)
    profile = around.visit.profile
    if around.command in MATTERS:
        deciding = {body.slug for body in profile.bodies_deciding(MATTERS[around.command])}
        rows = [row for row in rows if row["slug"] in deciding]
    else:
        told = {body.slug for body in profile.bodies_informed_of(Matter.NEW_PATHWAY)}
        rows = sorted(rows, key=lambda row: row["slug"] not in told)
    return tuple(Option(value=row["slug"], label=_body(row)) for row in rows)


def _meetings(around: Around) -> tuple[Option, ...]:
    """Return the meetings that have been, of the bodies with the mandate: the one the plan was on its way to first."""
    matter, today = MATTERS[around.command], around.visit.today
    rows = choices.list_meetings(
        around.work,
        region_id=around.region_id,
        bodies=[body.slug for body in around.visit.profile.bodies_deciding(matter)],
        from_on=today - MEETINGS_BACK,
        until_on=today,
    )[::-1]
    case = choices.find_board_case(around.work, around.case) if matter is Matter.PLAN else None
    if case is not None and case["meeting_on"] <= today:
        chosen = {**case, "slug": case["body"], "held_on": case["meeting_on"]}
        rows = [chosen, *(row for row in rows if _meeting_key(row) != _meeting_key(chosen))]
    return tuple(Option(value=_meeting_key(row), label=_meeting(around, row)) for row in rows)


def _meeting_key(row: Row) -> str:
    return f"{row['slug']}|{row['held_on'].isoformat()}"


def _meeting(around: Around, row: Row) -> str:
    return f"{row['short'] or row['name']} {around.visit.formats.day(row['held_on'])}"


def _tasks(around: Around) -> tuple[Option, ...]:
    """Return the tasks that the visitor may do something about: all of them, or those of their own."""
    rows = choices.list_tasks(around.work, around.case, settled=around.command == SETTLED_TASK)
    if around.command in WHOLE_TASKS:
        rows = [*rows, *choices.list_tasks(around.work, around.case, settled=True)]
    if not around.visit.may(around.command, around.case):
        rows = [row for row in rows if row["assignee_id"] == around.visit.visitor.person_id]
    return tuple(Option(value=row["ref"], label=_task(around, row)) for row in rows)


def _task(around: Around, row: Row) -> str:
    title = _with(around.visit.formats.title(title_of(row)), row["unit"])
    who = row["assignee"] or _role(around, row["role"])
    day = around.visit.formats.day(row["due_on"])
    return around.visit.texts.say("web.intro.task_option", title=title, who=who, day=day)


def _appointments(around: Around) -> tuple[Option, ...]:
    rows = choices.list_appointments(around.work, around.case)
    return tuple(
        Option(value=f"{row['slug']}|{row['role']}", label=_with(row["name"], _role(around, row["role"]), row["unit"]))
        for row in rows
    )


def _follow_ups(around: Around) -> tuple[Option, ...]:
    visit = around.visit
    return tuple(
        Option(
            value=str(row["months"]),
            label=visit.texts.say("web.intro.months_option", n=row["months"], day=visit.formats.day(row["due_on"])),
        )
        for row in choices.list_follow_ups(around.work, around.case)
    )


def _points(around: Around) -> tuple[Option, ...]:
    """Return the moves that a correction can undo, each by the number of the event that is to stand."""
    visit = around.visit
    return tuple(
        Option(
            value=str(row["seq"] - 1),
            label=_with(
                visit.wording.command(row["command"]),
                visit.formats.moment(row["at"]),
                row["actor"] or visit.texts.say("actor.system"),
            ),
        )
        for row in choices.list_points(around.work, around.case, region_id=around.region_id)
    )


def _attachments(around: Around) -> tuple[Option, ...]:
    rows = choices.list_attachments(around.work, around.case)
    if not around.visit.may(around.command, around.case):
        rows = [row for row in rows if row["added_by"] == around.visit.visitor.person_id]
    return tuple(Option(value=row["ref"], label=row["name"] or "–") for row in rows)


_FOUND: Mapping[str, Options] = {
    "person": _people,
    "to": _people,
    "receiver": _people,
    "unit": _units,
    "unit.excuse_unit": _waiting_units,
    "unit.remind_unit": _waiting_units,
    "units": _uninvited,
    "version": _versions,
    "body": _bodies,
    "meeting": _meetings,
    "task": _tasks,
    "appointment": _appointments,
    "months": _follow_ups,
    "undo_to": _points,
    "attachment": _attachments,
}
"""Where the choices of a question are found; one named with its command comes before one named alone."""


def _role(around: Around, role: str) -> str:
    return _upper(around.visit.texts.word("role", role))


def _body(row: Row) -> str:
    return f"{row['name']} ({row['short']})" if row["short"] else str(row["name"])


def _with(name: str, *more: str | None) -> str:
    """Return a name with what tells it from others behind it."""
    return ", ".join([name, *(one for one in more if one)])


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
