"""What a message is: the frozen value that the product hands over, before anyone has put it into words.

It holds data and no sentences. The words are chosen by `render`, the moment by `outbox` and `quiet_hours`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from notifications.errors import MessageInvalid

JsonValue: TypeAlias = bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None


class Urgency(StrEnum):
    """When a message may reach the person's own address."""

    AT_ONCE = "at_once"  # you must decide, handed to you, loop opens
    DIGEST = "digest"  # in the product's inbox at once, in the mail on Monday


class MessageKind(StrEnum):
    """What a message is about; each kind has its templates in the folder of the same name."""

    TASK_HANDED = "task_handed"  # a task is yours now
    TASK_REMINDER = "task_reminder"  # your task is due soon, today, or late
    ESCALATION = "escalation"  # somebody else's task is late and you are next in line
    TASK_DECLINED = "task_declined"  # somebody handed a task back to you, the coordinator
    TASK_COMMENTED = "task_commented"  # somebody wrote a comment on a task
    LOOP_OPENS = "loop_opens"  # a learning loop is to be held; with a calendar file
    LOOP_OVERDUE = "loop_overdue"  # a learning loop should have been held by now
    DECISION_NEEDED = "decision_needed"  # a body has something to decide
    DECISION_TAKEN = "decision_taken"  # a body has decided
    ENDORSED = "endorsed"  # a body before the deciding one has had its say
    PHASE_REACHED = "phase_reached"  # an introduction has come to a new phase
    PAUSED = "paused"  # an introduction rests
    RESUMED = "resumed"  # an introduction goes on after a rest
    STOPPED = "stopped"  # an introduction ended before its goal
    CELEBRATION = "celebration"  # an introduction has reached its goal
    THANKS = "thanks"  # somebody thanks all who took part, in words of their own
    SUMMONS = "summons"  # a body meets, or its meeting is moved or cancelled; with a calendar file
    PACK_READY = "pack_ready"  # what a body is shown before its meeting has been frozen
    JURY_ASKED = "jury_asked"  # nominations are closed, and you sit in the jury that chooses
    TRIAL = "trial"  # you wanted to see whether messages reach you
    LOGIN_LINK = "login_link"  # the way in that you asked for; never in the inbox
    WEEKLY_DIGEST = "weekly_digest"  # what the week has gathered for you; made by `digest` only


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell one person.

    `dedup_key` names the telling: a second message with the same key is never stored, so never shown.
    `recipient` is an opaque person id. `values` is JSON: dates and instants as ISO text, and a text that
    exists in several languages as {"sv": .., "en": ..}; `values.REQUIRED` says what each kind must bring.
    `not_before` holds the whole message back, usually for quiet hours.
    Refuses empty names and naive instants.
    """

    kind: MessageKind
    recipient: str
    region: str
    dedup_key: str
    values: Mapping[str, JsonValue]
    urgency: Urgency
    not_before: datetime | None = None

    def __post_init__(self) -> None:
        for field in ("recipient", "region", "dedup_key"):
            if not getattr(self, field):
                raise MessageInvalid(f"{self.kind}: {field} is empty")
        if self.not_before is not None and self.not_before.tzinfo is None:
            raise MessageInvalid(f"{self.kind}: not_before has no time zone: {self.not_before.isoformat()}")
