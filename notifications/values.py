"""Which values each kind of message must bring, so that its templates have something to say.

A value that does not apply is given as None, where `MAY_BE_NONE` lets it, and never left out: a forgotten value is
then found by the person who wrote the code, and not by the person who waits for the mail.
"""

from collections.abc import Mapping
from typing import Final

from notifications.errors import MessageInvalid
from notifications.message import JsonValue, MessageKind

_ALWAYS: Final = frozenset({"pathway", "link", "why"})

REQUIRED: Final[Mapping[MessageKind, frozenset[str]]] = {
    MessageKind.TASK_HANDED: _ALWAYS | {"task", "due_on", "help", "on_behalf_of"},
    MessageKind.TASK_REMINDER: _ALWAYS | {"task", "due_on", "rung", "days"},
    MessageKind.ESCALATION: _ALWAYS | {"task", "due_on", "days", "assignee"},
    MessageKind.TASK_DECLINED: _ALWAYS | {"task", "due_on", "by", "reason"},
    MessageKind.TASK_COMMENTED: _ALWAYS | {"task", "by", "comment"},
    MessageKind.LOOP_OPENS: _ALWAYS | {"loop", "meeting_on", "starts_at", "minutes", "place", "hold_by", "event_uid"},
    MessageKind.LOOP_OVERDUE: _ALWAYS | {"loop", "due_on", "days"},
    MessageKind.DECISION_NEEDED: _ALWAYS | {"body", "meeting_on", "hand_in_on"},
    MessageKind.DECISION_TAKEN: _ALWAYS | {"body", "decided_on", "outcome", "reason"},
    MessageKind.ENDORSED: _ALWAYS | {"body", "said_on", "outcome", "next_body", "reason"},
    MessageKind.PHASE_REACHED: _ALWAYS | {"phase"},
    MessageKind.PAUSED: _ALWAYS | {"reason", "resumes_on"},
    MessageKind.RESUMED: _ALWAYS | {"phase"},
    MessageKind.STOPPED: _ALWAYS | {"reason"},
    MessageKind.CELEBRATION: _ALWAYS | {"held_on"},
    MessageKind.THANKS: _ALWAYS | {"by", "words"},
    MessageKind.SUMMONS: frozenset(
        {"link", "why", "body", "meeting_on", "starts_at", "minutes", "place", "change", "was_on", "items", "event_uid"}
    ),
    MessageKind.PACK_READY: frozenset({"link", "why", "body", "meeting_on", "number"}),
    MessageKind.JURY_ASKED: frozenset({"link", "why", "year", "count", "nominate_until"}),
    MessageKind.TRIAL: frozenset({"link", "why"}),
    MessageKind.LOGIN_LINK: frozenset({"link", "why", "region", "minutes"}),
    MessageKind.WEEKLY_DIGEST: frozenset({"link", "why", "week", "lines", "more"}),
}


MAY_BE_NONE: Final[Mapping[MessageKind, frozenset[str]]] = {
    MessageKind.TASK_HANDED: frozenset({"due_on", "help", "on_behalf_of"}),
    MessageKind.TASK_REMINDER: frozenset(),
    MessageKind.ESCALATION: frozenset({"assignee"}),
    MessageKind.TASK_DECLINED: frozenset({"by"}),
    MessageKind.TASK_COMMENTED: frozenset({"by"}),
    MessageKind.LOOP_OPENS: frozenset({"starts_at", "minutes", "place"}),
    MessageKind.LOOP_OVERDUE: frozenset(),
    MessageKind.DECISION_NEEDED: frozenset({"meeting_on", "hand_in_on"}),
    MessageKind.DECISION_TAKEN: frozenset({"reason"}),
    MessageKind.ENDORSED: frozenset({"reason"}),
    MessageKind.PHASE_REACHED: frozenset(),
    MessageKind.PAUSED: frozenset({"reason", "resumes_on"}),
    MessageKind.RESUMED: frozenset({"phase"}),
    MessageKind.STOPPED: frozenset({"reason"}),
    MessageKind.CELEBRATION: frozenset({"held_on"}),
    MessageKind.THANKS: frozenset({"by"}),
    MessageKind.SUMMONS: frozenset({"starts_at", "minutes", "place", "was_on"}),
    MessageKind.PACK_READY: frozenset(),
    MessageKind.JURY_ASKED: frozenset(),
    MessageKind.TRIAL: frozenset(),
    MessageKind.LOGIN_LINK: frozenset(),
    MessageKind.WEEKLY_DIGEST: frozenset(),
}


def check_values(kind: MessageKind, values: Mapping[str, JsonValue]) -> None:
    """Raises `MessageInvalid`, naming the kind and every value at fault, unless all that the kind needs is there."""
    missing = REQUIRED[kind] - values.keys()
    if missing:
        raise MessageInvalid(f"{kind} lacks {', '.join(sorted(missing))}; give None if it does not apply")
    if holes := list_holes(kind, values):
        raise MessageInvalid(f"{kind} must say {', '.join(holes)}, which is None")


def list_holes(kind: MessageKind, values: Mapping[str, JsonValue]) -> list[str]:
    """Lists the values that are None although the templates have no words without them."""
    return sorted(name for name in REQUIRED[kind] - MAY_BE_NONE[kind] if name in values and values[name] is None)
