"""How learning goes over all pathways of a region: loops, decisions, what nobody can tell yet, open questions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathways.models.loop import LearningLoop, LoopState
from pathways.models.review import AskedFor, NoteKind, Review, ReviewActivity, ReviewNote
from pathways.profiles.schema import Profile
from pathways.queries.material import Head
from pathways.queries.open_rows import load_open_rows
from pathways.queries.present import load_heads
from pathways.services.review.evidence import tell_checks
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork

CANNOT_TELL = "cannot_tell"
_COLUMNS: Mapping[type, tuple[str, ...]] = {
    LearningLoop: ("number", "due_on", "opened_on", "held_on", "state"),
    Review: ("loop", "held_on", "asked_for", "question", "checks"),
    ReviewActivity: ("loop", "decision", "compared"),
    ReviewNote: ("loop", "kind"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A decision that a review asked of the management group and that has not come, and its age in days."""

    slug: str
    pathway: str
    loop: int
    question: str
    asked_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """One pathway: `held` of its loops, whether one is open and how many days late, and what the reviews decided.

    `verdicts` counts the decisions of all its signed reviews; `untold` of `told` comparisons could not tell yet.
    """

    slug: str
    pathway: str
    loop: int
    held: int
    skipped: int
    is_open: bool
    days_late: int
    verdicts: Mapping[str, int]
    untold: int
    told: int
    checks_met: int
    checks: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every pathway that has come to learning, by name, and what is asked of the management group."""

    rows: tuple[PortfolioRow, ...]
    questions: tuple[OpenQuestion, ...]

    @property
    def untold(self) -> int:
        """Return how many comparisons could not tell yet."""
        return sum(row.untold for row in self.rows)

    @property
    def told(self) -> int:
        """Return how many comparisons there are."""
        return sum(row.told for row in self.rows)

    @property
    def late(self) -> int:
        """Return how many loops are late."""
        return sum(row.days_late > 0 for row in self.rows)

    @property
    def verdicts(self) -> Counter[str]:
        """Return how often each decision was taken."""
        return sum((Counter(row.verdicts) for row in self.rows), Counter())


def portfolio(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> Portfolio:
    """Return the learning of a region's open introductions."""
    rows = load_open_rows(work, _COLUMNS, {}, region_id=region_id)
    heads = [head for head in load_heads(work, region_id=region_id) if head.is_open]
    learning = [(head, rows[head.introduction_id]) for head in heads if _of(rows, head, LearningLoop)]
    questions = [one for head, own in learning for one in list_questions(head, own, today)]
    return Portfolio(
        rows=tuple(
            sorted(
                (_row(head, own, profile, today) for head, own in learning), key=lambda row: swedish_key(row.pathway)
            )
        ),
        questions=tuple(sorted(questions, key=lambda one: -one.days)),
    )


def _of(rows: Mapping[int, Mapping[str, list[Row]]], head: Head, kind: type[LearningLoop]) -> list[Row]:
    return rows.get(head.introduction_id, {}).get(str(kind.__tablename__), [])


def _row(head: Head, own: Mapping[str, list[Row]], profile: Profile, today: date) -> PortfolioRow:
    loops, reviewed = own["learning_loop"], own.get("review_activity", [])
    opened = next((loop for loop in loops if loop["state"] == LoopState.OPEN), None)
    due_by = profile.workdays.add(opened["opened_on"], profile.loops.hold_within_workdays) if opened else today
    compared = [row["compared"] for row in reviewed if row["compared"]]
    checked = [tell_checks(row["checks"]) for row in own.get("review", [])]
    return PortfolioRow(
        slug=head.slug,
        pathway=head.pathway,
        loop=max(int(loop["number"]) for loop in loops),
        held=sum(loop["state"] == LoopState.HELD for loop in loops),
        skipped=sum(loop["state"] == LoopState.SKIPPED for loop in loops),
        is_open=opened is not None,
        days_late=max(0, (today - due_by).days),
        verdicts=Counter(str(row["decision"]) for row in reviewed),
        untold=compared.count(CANNOT_TELL),
        told=len(compared),
        checks_met=sum(met for met, _ in checked),
        checks=sum(all_of for _, all_of in checked),
    )


def list_questions(head: Head, own: Mapping[str, list[Row]], today: date) -> list[OpenQuestion]:
    """Return what the reviews of one introduction asked of the management group and nobody has answered."""
    answered = {row["loop"] for row in own.get("review_note", []) if row["kind"] == NoteKind.ANSWER}
    return [
        OpenQuestion(
            slug=head.slug,
            pathway=head.pathway,
            loop=row["loop"],
            question=str(row["question"] or ""),
            asked_on=row["held_on"],
            days=(today - row["held_on"]).days,
        )
        for row in own.get("review", [])
        if row["asked_for"] == AskedFor.DECISION and row["loop"] not in answered
    ]
