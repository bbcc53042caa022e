"""Puts a refusal into what its page shows: status, heading, every reason with who can meet it and where.

One table decides the status. What a person may not see is answered as if it were not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathways.errors import (
    AlreadyOpen,
    Busy,
    ClockWentBack,
    DatabaseAbsent,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseReadOnly,
    DiskFull,
    EngineFault,
    IntroductionChanged,
    InvalidOrder,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LoginRefused,
    MeetingRefused,
    NotAllowed,
    PathwaysError,
    PersonHasLeft,
    Refused,
    Unknown,
    Unstorable,
)
from pathways.wording import Wording
from states.errors import StatesError, TransitionRefused
from states.reasons import Place, Reason

STATUS: Mapping[type[Exception], int] = {
    Unknown: 404,
    PersonHasLeft: 409,
    NotAllowed: 404,
    TransitionRefused: 409,
    Refused: 409,
    AlreadyOpen: 409,
    IntroductionChanged: 409,
    InvalidOrder: 422,
    Unstorable: 422,
    Busy: 503,
    ClockWentBack: 503,
    DiskFull: 503,
    DatabaseReadOnly: 503,
    DatabaseAbsent: 503,
    DatabaseNewer: 503,
    DatabaseOlder: 503,
    EngineFault: 500,
    LinkUnknown: 410,
    LinkExpired: 410,
    LinkUsed: 410,
    LoginRefused: 403,
}
RETRY_SECONDS = 5

# Where on the introduction's own pages a reason is met.
PLACES: Mapping[str, str] = {
    Place.PEOPLE: "/manniskor",
    Place.GAP: "/gapanalys",
    Place.PLAN: "/plan",
    Place.DECISIONS: "/beslut",
    Place.RESPONSE: "/beslut",
    Place.TASKS: "#uppgifter",
    Place.LOOP: "/loop",
    Place.CELEBRATION: "/loop",
    Place.FOLLOW_UP: "/loop",
}
CLOSER = {"hold_check_missing": "/hall-i"}
"""Reasons that have a page nearer than their place's."""


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One unmet reason in words, who can meet it, and the page where that is done."""

    text: str
    met_by: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A refusal as its page shows it."""

    status: int
    kind: str
    text: str
    reasons: tuple[ShownReason, ...] = field(default=())


def status_of(error: PathwaysError | StatesError) -> int:
    """Return the HTTP status of a refusal: its own or that of the nearest class above it; else 409."""
    status = getattr(error, "status", None)
    if isinstance(status, int):
        return status
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)


def shown(error: PathwaysError | StatesError, words: Wording, *, slug: str = "") -> Shown:
    """Return a refusal in the reader's words; `slug` is the introduction that its reasons can be met at."""
    status = status_of(error)
    if isinstance(error, TransitionRefused):
        reasons = tuple(shown_reason(reason, words, slug=slug) for reason in error.reasons)
        told = words.texts.say("web.frame.not_now", command=words.command(error.command))
        return Shown(status, "refused", told, reasons)
    if isinstance(error, InvalidOrder):
        problems = tuple(
            ShownReason(words.sentence(one.sentence, one.values), "", None)
            for one in error.problems
            if words.texts.has(one.sentence)
        )
        return Shown(status, "refused", words.texts.say("web.frame.not_understood"), problems)
    if isinstance(error, MeetingRefused):
        rules = tuple(ShownReason(words.sentence(one.sentence, one.values), "", None) for one in error.reasons)
        return Shown(status, "refused", words.sentence(error.sentence, error.values), rules)
    if isinstance(error, PathwaysError):
        unseen = isinstance(error, IntroductionChanged) and "seen" not in error.values
        sentence = "error.introduction_changed_meanwhile" if unseen else error.sentence
        return Shown(status, _kind(status), words.sentence(sentence, error.values))
    return Shown(500, "fault", words.texts.say("error.engine_fault"))


def shown_reason(reason: Reason, words: Wording, *, slug: str) -> ShownReason:
    """Return one unmet reason with a link to where it can be met."""
    if reason.place == Place.CATALOGUE:
        href: str | None = "/katalog"
    else:
        page = CLOSER.get(reason.sentence) or PLACES.get(reason.place)
        href = f"/forlopp/{slug}{page}" if slug and page is not None else None
    return ShownReason(words.sentence(reason.sentence, reason.values), words.roles(reason.met_by), href)


def _kind(status: int) -> str:
    return {404: "not_found", 503: "later", 500: "fault"}.get(status, "refused")
