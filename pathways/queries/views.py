"""What the queries hand out: frozen values for pages and commands to show. They decide nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from states.reasons import Reason

Title = str | dict[str, str]  # as a person wrote it, or in both languages from the profile or the catalogue


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has the ball: a role, and the person where one alone is known to hold it."""

    role: str
    person_id: int | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One introduction at a glance.

    `days_in_phase` counts from the last change of phase or standing. `next_due_what` is the slug of a checklist
    item, the kind of a timer, or the words of a task that a person made. `late` counts open tasks whose last day
    has passed; while an introduction rests, none is late.
    """

    introduction_id: int
    slug: str
    pathway: str
    number: int
    phase: str
    place: str
    standing: str
    configuration: tuple[str, ...]
    days_in_phase: int
    waits_for: tuple[Waiting, ...]
    next_due: date | None
    next_due_what: str
    late: int
    version: int


@dataclass(frozen=True, slots=True)
class OfferView:
    """A command that leads on from here, and what stands in its way besides the data that it asks for itself."""

    command: str
    choice: str | None
    allowed: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task in any state; `item` is empty where a person made it."""

    ref: str
    item: str
    title: Title
    role: str
    assignee_id: int | None
    assignee: str | None
    unit: str | None
    due_on: date
    state: str
    required_for: tuple[str, ...]
    settled_at: datetime | None
    settled_by: str | None
    outcome: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerView:
    """A timer in any state."""

    ref: str
    kind: str
    occurrence: int
    due_at: datetime
    state: str
    settled_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """A role that somebody holds in this introduction."""

    role: str
    person_id: int | None
    person: str | None
    unit: str | None
    since_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One accepted command. `undoes` names the events that a correction undid; an erased reason is None."""

    seq: int
    command: str
    actor_id: int | None
    actor: str | None
    on_behalf: str | None
    at: datetime
    reason: str | None
    phase: str
    place: str
    hash: str
    undoes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision as minuted."""

    kind: str
    body: str
    meeting_on: date
    paragraph_no: str
    register_no: str
    outcome: str
    conditions: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopView:
    """A learning loop: open, held or skipped."""

    number: int
    due_on: date
    opened_on: date
    held_on: date | None
    state: str
    decision: str | None
    attendees: tuple[str, ...]
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """An activity of the plan; `gaps` are the refs of the answers it closes."""

    ref: str
    title: str
    kind: str
    responsible_id: int | None
    responsible: str | None
    start_on: date | None
    due_on: date | None
    cost_once: int | None
    cost_yearly: int | None
    state: str
    standpoint: str | None
    rank: int | None
    motive: str | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapStep:
    """How the units answered one step: a distribution, never a mean. `levels` counts the levels 0 to 3."""

    step: str
    title: Title
    levels: tuple[int, int, int, int]
    not_applicable: int
    dont_know: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPicture:
    """The gap analysis of the version that is analysed: who was asked, who has answered, and what was found."""

    version: str | None
    invited: int
    answered: int
    excused: int
    steps: tuple[GapStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRoundView:
    """The newest round in which units comment on the plan: open, held or waived."""

    state: str
    opened_on: date
    closes_on: date
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCaseView:
    """The plan on its way to a meeting."""

    body: str
    meeting_on: date
    hand_in_on: date
    basis: str | None
    basis_made_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CelebrationView:
    """The evaluation, the day of the celebration and who received the change in the line."""

    evaluation: str | None
    held_on: date | None
    receiver: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView:
    """A follow-up after celebration; `holds` is None until it is recorded."""

    months: int
    due_on: date
    recorded_on: date | None
    holds: bool | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionView:
    """Everything on one introduction's page. As of an earlier moment nothing is offered.

    `resting` are the states that a pause has put to rest.
    """

    position: BoardRow
    version_adopted: str | None
    offers: tuple[OfferView, ...]
    tasks: tuple[TaskView, ...]
    timers: tuple[TimerView, ...]
    people: tuple[AppointmentView, ...]
    decisions: tuple[DecisionView, ...]
    loops: tuple[LoopView, ...]
    activities: tuple[ActivityView, ...]
    gap: GapPicture
    history: tuple[HistoryRow, ...]
    patient_perspective: str | None = None
    informed_on: date | None = None
    return_on: date | None = None
    comment_round: CommentRoundView | None = None
    board_case: BoardCaseView | None = None
    celebration: CelebrationView | None = None
    follow_ups: tuple[FollowUpView, ...] = ()
    chart: str = ""
    resting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """A task on somebody's list. `why` is the role it came with; `instead_of` names the colleague who is away.

    `then` names the commands that wait for it: what becomes possible once it is done.
    """

    slug: str
    pathway: str
    phase: str
    ref: str
    item: str
    title: Title
    due_on: date
    days_late: int
    why: str
    unit: str | None
    instead_of: str | None
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A task or a timer whose time has come; `what` is a checklist item, a person's own words or a timer's kind."""

    kind: Literal["task", "timer"]
    introduction_id: int
    slug: str
    pathway: str
    ref: str
    what: str
    due_on: date
    days_late: int
    role: str | None
    person_id: int | None
    person: str | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many introductions stand in a phase with a standing."""

    phase: str
    standing: str
    count: int
