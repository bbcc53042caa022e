"""What would come of a command, in words: the page that a person reads before pressing the button.

The facts are `App.preview`'s, found by doing the command without letting it stand; here they only get words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from notifications.message import MessageKind, Urgency
from pathways.profiles.vocabulary import Weekday
from pathways.services.announce import leave_at
from pathways.services.preview import MessageAhead, Preview, TaskAhead, TimerAhead
from pathways.web.forms import YES, Field
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
MESSAGES: Mapping[str, str] = {
    MessageKind.TASK_HANDED: "web.intro.message.task_handed",
    MessageKind.TASK_REMINDER: "web.intro.message.task_reminder",
    MessageKind.ESCALATION: "web.intro.message.escalation",
    MessageKind.LOOP_OPENS: "web.intro.message.loop_opens",
    MessageKind.LOOP_OVERDUE: "web.intro.message.loop_overdue",
    MessageKind.DECISION_NEEDED: "web.intro.message.decision_needed",
    MessageKind.DECISION_TAKEN: "web.intro.message.decision_taken",
    MessageKind.ENDORSED: "web.intro.message.endorsed",
    MessageKind.PHASE_REACHED: "web.intro.message.phase_reached",
    MessageKind.PAUSED: "web.intro.message.paused",
    MessageKind.RESUMED: "web.intro.message.resumed",
    MessageKind.STOPPED: "web.intro.message.stopped",
    MessageKind.CELEBRATION: "web.intro.message.celebration",
    MessageKind.TASK_COMMENTED: "web.intro.message.task_commented",
    MessageKind.TASK_DECLINED: "web.intro.message.task_declined",
}
"""What each kind of message is called; a kind that has no name here is a message."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in words: what, who, until when."""

    title: str
    who: str
    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that a person is told before a command is carried out."""

    given: tuple[tuple[str, str], ...]
    position: str
    moves: bool
    tasks: tuple[TaskLine, ...]
    withdrawn: tuple[TaskLine, ...]
    timers: tuple[str, ...]
    cancelled: tuple[str, ...]
    messages: tuple[str, ...]
    undone: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing follows but the note in history."""
        follows = (self.tasks, self.withdrawn, self.timers, self.cancelled, self.messages)
        return not self.moves and not any(follows)


def build_review(
    visit: Visit,
    ahead: Preview,
    *,
    before: str,
    given: tuple[tuple[str, str], ...],
    undone: tuple[str, ...] = (),
) -> Review:
    """Return the consequences in words; `before` is the position in words from which the command is given.

    `undone` are the events that a correction takes back.
    """
    return Review(
        given=given,
        position=_position(visit, ahead, before),
        moves=ahead.moves,
        tasks=tuple(_task(visit, task) for task in ahead.tasks),
        withdrawn=tuple(_task(visit, task) for task in ahead.withdrawn),
        timers=tuple(_timer(visit, timer) for timer in ahead.timers),
        cancelled=tuple(_timer(visit, timer) for timer in ahead.cancelled),
        messages=tuple(_message(visit, message) for message in ahead.messages),
        undone=undone,
    )


def tell_answers(visit: Visit, fields: Sequence[Field], form: Typed) -> tuple[tuple[str, str], ...]:
    """Return every question that was answered, with the answer as a person reads it."""
    told = ((one.label, tell_answer(visit, one, tuple(form.get(one.name, ())))) for one in fields)
    return tuple((label, answer) for label, answer in told if answer)


def tell_answer(visit: Visit, field: Field, typed: Sequence[str]) -> str:
    """Return an answer as a person reads it: the label of a choice, a day in words, a text as it was written."""
    if field.kind == "checkbox":
        return visit.texts.say("web.intro.yes" if YES in typed else "web.intro.no")
    labels = {option.value: option.label for option in field.options}
    values = [value.strip() for value in typed if value.strip()]
    if field.kind == "date":
        return ", ".join(_day(visit, value) for value in values)
    return ", ".join(labels.get(value, value) for value in values)


def _day(visit: Visit, value: str) -> str:
    try:
        return visit.formats.long_day(date.fromisoformat(value))
    except ValueError:
        return value


def _position(visit: Visit, ahead: Preview, before: str) -> str:
    here = visit.wording.position(ahead.phase, ahead.place)
    if ahead.standing in {"stopped", "closed"}:
        return visit.texts.say("web.intro.review.ends", place=visit.texts.word("state", ahead.standing))
    if ahead.moves and before:
        return visit.texts.say("web.intro.review.moves", before=before, after=here)
    return visit.texts.say("web.intro.review.begins" if not before else "web.intro.review.stays", place=here)


def _task(visit: Visit, task: TaskAhead) -> TaskLine:
    who = task.assignee or visit.texts.word("role", task.role)
    return TaskLine(visit.formats.title(task.title), who, visit.formats.day(task.due_on))


def _timer(visit: Visit, timer: TimerAhead) -> str:
    what = visit.wording.timer(timer.kind, timer.occurrence)
    return f"{what}: {visit.formats.moment(timer.due_at)}"


def _message(visit: Visit, message: MessageAhead) -> str:
    people = ", ".join(message.people) or visit.texts.say("web.intro.review.nobody")
    what = visit.texts.say(MESSAGES.get(message.kind, "web.intro.message.other"))
    return visit.texts.say("web.intro.review.message", what=what, people=people, when=_when(visit, message.urgency))


def _when(visit: Visit, urgency: str) -> str:
    """Return when a message reaches people: at once, when the quiet hours are over, or with the weekly digest."""
    if urgency != Urgency.AT_ONCE:
        return visit.texts.say("web.intro.review.digest", day=visit.formats.long_day(_digest_day(visit)))
    leaves = leave_at(visit.profile, visit.now)
    if leaves <= visit.now:
        return visit.texts.say("web.intro.review.at_once")
    return visit.texts.say("web.intro.review.after_quiet", at=visit.formats.moment(leaves))


def _digest_day(visit: Visit) -> date:
    """Return the next day on which the weekly digest goes out; today's has gone if its hour has struck."""
    digest = visit.profile.digest
    wanted = Weekday(digest.weekday).number
    day = visit.today + timedelta(days=(wanted - visit.today.weekday()) % 7)
    local = visit.now.astimezone(visit.profile.region.zone)
    return day + timedelta(days=7) if day == visit.today and local.time() >= digest.at else day
