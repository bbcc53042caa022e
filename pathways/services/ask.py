"""What comes with every command besides its data: who asks, for whom, why, and which version was seen."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pathways.errors import InvalidOrder, Problem

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
COMMAND_ID_LENGTH = 80
_DAYS = (date, date | None)


def new_command_id() -> str:
    """Return an id for a command that nobody has used: sending the same id again repeats nothing."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who gives a command. `actor` is a person's slug, or None for the system itself (timers, imports).

    `version` is the version that the person looked at; None means "whatever stands". A repeated `command_id` is
    answered as the first time and does nothing.
    """

    actor: str | None = None
    on_behalf: str | None = None
    reason: str | None = None
    version: int | None = None
    command_id: str = ""

    def __post_init__(self) -> None:
        if not self.command_id:
            object.__setattr__(self, "command_id", new_command_id())
        if problems := [*_unreadable(reason=self.reason), *_too_long(self.command_id)]:
            raise InvalidOrder("", problems)


class Order(BaseModel):
    """The data of one command, checked when it is made: unknown fields and wrong kinds are refused.

    `TEXTS` names the fields of free text that bear the name of a choice elsewhere; the log never keeps them as given.
    """

    TEXTS: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _a_number_is_no_day(cls, value: object, info: ValidationInfo) -> object:
        """Refuse numbers: the library would take 0 for 1 January 1970."""
        if isinstance(value, int | float) and cls.model_fields[str(info.field_name)].annotation in _DAYS:
            raise PydanticCustomError("date_type", "a day is written as text")
        return value

    @field_validator("*")
    @classmethod
    def _a_day_of_this_century(cls, value: object) -> object:
        if isinstance(value, date) and value < EARLIEST:
            raise PydanticCustomError("greater_than_equal", "too early", {"ge": EARLIEST.isoformat()})
        if isinstance(value, date) and value > LATEST:
            raise PydanticCustomError("less_than_equal", "too late", {"le": LATEST.isoformat()})
        return value


class Nothing(Order):
    """The order of a command that needs no data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of an accepted command: its event, where the introduction stands now, and what was set going."""

    introduction_id: int
    slug: str
    command: str
    seq: int
    place: str
    repeated: bool = False
    made: tuple[tuple[str, str], ...] = ()


def _unreadable(**texts: str | None) -> list[Problem]:
    """A terminal with another alphabet hands in letters that cannot be kept."""
    wrong = [name for name, text in texts.items() if text and text != text.encode(errors="replace").decode()]
    return [Problem(name, "order.other", {"given": "", "expected": ""}) for name in wrong]


def _too_long(command_id: str) -> list[Problem]:
    if len(command_id) <= COMMAND_ID_LENGTH:
        return []
    return [Problem("command_id", "order.too_long", {"given": command_id[:20], "expected": COMMAND_ID_LENGTH})]
