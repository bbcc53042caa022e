"""What can be done with a task on its page: the way of each action, the command behind it, and its questions.

Field names differ between actions, since all their forms stand on one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pathways.profiles.vocabulary import Role
from pathways.queries.task_page import TaskPage
from pathways.services.task.files import LARGEST_MB
from pathways.services.task.snooze_task import LONGEST
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

LONGEST_ANSWER = 4000
DONE_WAY = "klar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: the end of its address, its command, the order's data by field, and the field of the reason."""

    way: str
    command: str
    data: Mapping[str, str]
    reason: str = ""
    optional: frozenset[str] = frozenset()
    told: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the fields that its form asks for, in order."""
        return (*self.data.values(), *([self.reason] if self.reason else ()))


ACTIONS: Mapping[str, Action] = {
    action.way: action
    for action in (
        Action(way=DONE_WAY, command="complete_task", data={"outcome": "outcome"}, told="web.work.told.completed"),
        Action(
            way="mer-tid",
            command="snooze_task",
            data={"due_on": "due_on"},
            reason="snooze_reason",
            told="web.work.told.snoozed",
        ),
        Action(
            way="lamna-over",
            command="delegate_task",
            data={"to": "to"},
            reason="delegate_reason",
            optional=frozenset({"delegate_reason"}),
            told="web.work.told.delegated",
        ),
        Action(way="inte-min", command="decline_task", data={}, reason="decline_reason", told="web.work.told.declined"),
        Action(way="inte-aktuell", command="skip_task", data={}, reason="skip_reason", told="web.work.told.skipped"),
        Action(way="oppna-igen", command="reopen_task", data={}, told="web.work.told.reopened"),
        Action(way="kommentar", command="comment_task", data={"text": "comment"}, told="web.work.told.commented"),
        Action(
            way="lank",
            command="attach_link",
            data={"link": "link", "title": "link_title"},
            told="web.work.told.attached",
        ),
        Action(way="fil", command="attach_file", data={"content": "file"}, told="web.work.told.attached"),
    )
}
LEAVES = frozenset({"complete_task", "delegate_task", "decline_task", "skip_task"})
"""The commands after which a task is no longer on the person's list."""

WHILE_OPEN = frozenset({*LEAVES, "snooze_task"})


def list_allowed(visit: Visit, page: TaskPage) -> list[Action]:
    """Return the actions that the visitor may take on a task as it stands."""
    if page.standing in {"stopped", "closed"}:
        return []
    return [action for action in ACTIONS.values() if _makes_sense(visit, page, action) and _may(visit, page, action)]


def build_fields(
    visit: Visit, action: Action, *, people: Sequence[Option] = (), now: TaskPage | None = None
) -> list[Field]:
    """Return the questions of an action's form, not yet answered."""
    return [_field(visit, name, people, now, required=name not in action.optional) for name in action.names]


def find_problems(visit: Visit, fields: Sequence[Field], form: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what to say at each question that must be answered and was not, or whose answer is far too long."""
    found: dict[str, str] = {}
    for one in fields:
        answer = first(form, one.name)
        if one.required and not answer:
            found[one.name] = visit.texts.say("web.work.missing", label=one.label)
        elif len(answer) > LONGEST_ANSWER:
            found[one.name] = visit.texts.say("web.work.too_long", n=LONGEST_ANSWER)
    return found


def data_of(action: Action, ref: str, form: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the data of an action's order."""
    typed = {name: first(form, field) for name, field in action.data.items()}
    return {"task": ref, **{name: value for name, value in typed.items() if value}}


def _makes_sense(visit: Visit, page: TaskPage, action: Action) -> bool:
    is_open = page.state == "open"
    if action.command == "decline_task":
        steers = Role.COORDINATOR in visit.visitor.roles
        return is_open and page.is_mine and not steers
    if action.command == "reopen_task":
        return page.state in {"done", "not_applicable"}
    return is_open or action.command not in WHILE_OPEN


def _may(visit: Visit, page: TaskPage, action: Action) -> bool:
    return visit.may(action.command, page.introduction_id, owns=page.is_mine)


def _field(visit: Visit, name: str, people: Sequence[Option], now: TaskPage | None, *, required: bool) -> Field:
    say, word = visit.texts.say, visit.texts.word
    label = word("web.work.field", name)
    match name:
        case "outcome":
            help_text = say("web.work.help.outcome")
            return Field(name=name, label=label, help=help_text, kind="area")
        case "comment":
            help_text = say("web.work.help.comment")
            return Field(name=name, label=label, help=help_text, kind="area", rows=3)
        case "due_on":
            return Field(name=name, label=label, help=_limits(visit, now), kind="date")
        case "to":
            return Field(name=name, label=label, kind="select", options=tuple(people))
        case "file":
            return Field(name=name, label=label, help=say("web.work.help.file", n=LARGEST_MB), kind="file")
        case "link":
            return Field(name=name, label=label, help=say("web.work.help.link"))
        case "link_title":
            return Field(name=name, label=label)
    return Field(name=name, label=label, kind="area", rows=2, required=required)


def _limits(visit: Visit, page: TaskPage | None) -> str:
    """Return between which days a new last day may be chosen, and how often the task was put off before."""
    say, day = visit.texts.say, visit.formats.day
    last = visit.today + LONGEST
    if page is None:
        return say("web.work.help.due_on_several", last=day(last))
    earliest = max(page.due_on, visit.today) + timedelta(days=1)
    told = say("web.work.help.due_on", first=day(earliest), last=day(last))
    return f"{told} {say('web.work.help.snoozes', n=page.snoozes)}" if page.snoozes else told
