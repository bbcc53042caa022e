"""What a pack holds: plain frozen values and their canonical JSON. Ids and figures, and free texts as they stood.

A pack of any earlier day must still be read: a field that is added later has a default, and none is taken away.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import sha256

from pydantic import TypeAdapter

from pathways.queries.views import BoardRow, Title, Waiting
from pathways.storage.log import canonical

FORM = "forlopp.pack.v1"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ball: a role, and the name where one person alone is known to hold it."""

    role: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One introduction on the status board; what the words mean stands with `queries.views.BoardRow`."""

    slug: str
    pathway: str
    number: int
    phase: str
    place: str
    standing: str
    days_in_phase: int
    waits_for: tuple[Holder, ...]
    next_due: date | None
    next_due_what: str
    late: int
    version: int

    @property
    def key(self) -> str:
        """Return what names the introduction among all of its region."""
        return f"{self.slug}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One introduction that is late or may become so: "late_tasks" (n), "loop_late", "over_usual" (days), and so on."""

    slug: str
    pathway: str
    number: int
    kind: str
    n: int
    usual: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to an introduction: it began, reached a phase, rested, went on, ended, or was decided on."""

    slug: str
    pathway: str
    number: int
    on: date
    kind: str
    phase: str = ""
    body: str = ""
    outcome: str = ""
    register_no: str = ""
    paragraph_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of a plan that is to be decided: its place in the order, or why there is no room for it."""

    ref: str
    title: str
    rank: int | None
    standpoint: str
    cost_once: int | None
    cost_yearly: int | None
    motive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The newest text of a decision basis."""

    number: int
    made_at: datetime
    summary: str = ""
    background: str = ""
    consequences: str = ""
    proposal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision that the body is asked for: an item of the agenda, a plan that waits for it, or both at once.

    `submitted` says that the plan has been handed in; `options` are the ways in which the body may decide.
    """

    key: str
    title: str
    slug: str = ""
    pathway: str = ""
    number: int = 0
    item: int | None = None
    proposal: str = ""
    submitted: bool = False
    basis: Basis | None = None
    options: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    cost_once: int = 0
    cost_yearly: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something that waits for a role or a body. The words of a task that a person made are left out."""

    slug: str
    pathway: str
    number: int
    since: date
    days: int
    role: str = ""
    body: str = ""
    title: Title = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLoop:
    """A learning loop that was held, and what it decided; `verdicts` counts its decisions on single activities."""

    slug: str
    pathway: str
    number: int
    loop: int
    held_on: date
    decision: str
    summary: str = ""
    verdicts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """What the body has not answered: a "question" of a review, or a "plan" that waits for its decision."""

    kind: str
    slug: str
    pathway: str
    number: int
    since: date
    days: int
    loop: int = 0
    text: str = ""
    meeting_on: date | None = None

    @property
    def key(self) -> str:
        """Return what names it among all."""
        return f"{self.kind}.{self.slug}.{self.number}.{self.loop}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One indicator of an introduction as it was judged; `snapshot` holds what the chart is drawn from.

    `hidden` counts the periods left out because so few persons stand behind them. `place` and `unit_id` tell the unit
    where only units are measured.
    """

    slug: str
    pathway: str
    number: int
    ref: str
    name: str
    unit: str = ""
    source: str = ""
    place: str = ""
    unit_id: int = 0
    hidden: int = 0
    snapshot: Mapping[str, object]
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what names it in ids of a page."""
        unit = f"-{self.unit_id}" if self.unit_id else ""
        return f"p-{self.slug}-{self.number}-{self.ref.replace('.', '-')}{unit}"

    @property
    def told(self) -> str:
        """Return its name, with the unit's where only units are measured."""
        return f"{self.name}, {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One item of the agenda; `outcome` is what the body did with it, where it had come that far."""

    item: int
    position: int
    kind: str
    title: str
    starts_at: str | None = None
    minutes: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """The whole pack. `since` is the day from which changes are told: the body's last meeting, where it had one."""

    form: str = FORM
    region: str
    region_name: str
    origin: str
    body: str
    body_name: str
    body_short: str
    meeting_on: date
    as_of: datetime
    today: date
    since: date
    last_meeting_on: date | None
    board: tuple[StatusLine, ...]
    changes: tuple[Change, ...]
    asked: tuple[Asked, ...]
    risks: tuple[Risk, ...]
    waits: tuple[Wait, ...]
    loops: tuple[HeldLoop, ...]
    open_matters: tuple[OpenMatter, ...]
    curves: tuple[Curve, ...]
    agenda: tuple[AgendaLine, ...]


def status_line(row: BoardRow) -> StatusLine:
    """Return a row of the board as packs hold it: without the numbers that rows and persons have inside."""
    same = {
        name: getattr(row, name)
        for name in StatusLine.__dataclass_fields__
        if name != "waits_for"  # told below, without the person's number
    }
    return StatusLine(waits_for=tuple(_holder(one) for one in row.waits_for), **same)


def freeze_content(content: PackContent) -> str:
    """Return the content as its one JSON text."""
    return canonical(asdict(content))


def thaw_content(text: str) -> PackContent:
    """Return the content of a frozen text."""
    return _adapter().validate_json(text)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a frozen text."""
    return sha256(text.encode()).hexdigest()


def _holder(one: Waiting) -> Holder:
    return Holder(one.role, one.person if one.role != "patient_representative" else None)


@cache
def _adapter() -> TypeAdapter[PackContent]:
    return TypeAdapter(PackContent)
