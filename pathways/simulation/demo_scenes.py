"""The scenes that the demo's stories are told in: what happens to a pathway on a day, by real commands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.simulation.acts import Acts
from pathways.simulation.reviews import Reviews
from pathways.simulation.texts import said
from pathways.simulation.world import COORDINATOR, team_of

TABLE_ON = date(2021, 6, 9)
"""The day of the region's status table: "today" in the story."""

Move = Callable[[date], date]
Deed = Callable[[Acts, Move], bool]


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens to a pathway on a day of the story. A deed that answers False is tried again next day."""

    on: date
    slug: str
    deed: Deed


def _later(on: date, days: int) -> date:
    return on + timedelta(days=days)


def begin(slug: str, started: date, gap: date) -> Iterator[Scene]:
    """Start an introduction, form its group a week later, and ask the units on the day `gap`."""

    def prepare(acts: Acts, _move: Move) -> bool:
        acts.form_group(slug)
        return True

    def ask(acts: Acts, _move: Move) -> bool:
        acts.finish_item(slug, "lista-berorda-enheter")
        acts.hand.give(slug, "start_gap_analysis", COORDINATOR)
        acts.invite(slug)
        acts.finish_item(slug, "bjud-in-enheterna")
        return True

    yield start(slug, started)
    yield Scene(_later(started, 7), slug, prepare)
    yield Scene(gap, slug, ask)


def start(slug: str, on: date) -> Scene:
    """Start an introduction."""

    def deed(acts: Acts, _move: Move) -> bool:
        acts.hand.give(slug, "start", COORDINATOR)
        return True

    return Scene(on, slug, deed)


def communicate(slug: str, on: date) -> Scene:
    """Let every unit answer that has not, and communicate the gap analysis."""

    def deed(acts: Acts, _move: Move) -> bool:
        for unit, state in acts.sight.invited(acts.sight.case(slug)).items():
            if state == "waiting":
                acts.answer(slug, unit)
        acts.fill_measures(slug)
        acts.finish_item(slug, "samla-patientens-rost")
        acts.hand.give(slug, "communicate_gap_analysis", team_of(slug).chair)
        return True

    return Scene(on, slug, deed)


def _plan(slug: str, communicated: date, proposed: date) -> Iterator[Scene]:
    def plan(acts: Acts, _move: Move) -> bool:
        acts.plan(slug)
        acts.finish_item(slug, "skriv-handlingsplan")
        acts.open_comment_round(slug, days=12)
        acts.finish_item(slug, "skicka-synpunktsrunda")
        return True

    def propose(acts: Acts, _move: Move) -> bool:
        acts.close_comment_round(slug)
        acts.hand.give(slug, "propose_plan", COORDINATOR)
        return True

    def rank(acts: Acts, _move: Move) -> bool:
        acts.rank(slug)
        acts.finish_item(slug, "rangordna-atgarderna")
        return True

    yield Scene(_later(communicated, 12), slug, plan)
    yield Scene(proposed, slug, propose)
    yield Scene(_later(proposed, 10), slug, rank)


def _submit(slug: str, on: date, meeting: date) -> Scene:
    def deed(acts: Acts, move: Move) -> bool:
        acts.make_basis(slug, meeting_on=move(meeting))
        acts.finish_item(slug, "skriv-beslutsunderlag")
        acts.hand.give(slug, "submit_for_decision", COORDINATOR)
        return True

    return Scene(on, slug, deed)


def decide(slug: str, meeting: date, conditions: str | None = None) -> Scene:
    """Let the board adopt the plan, with conditions where some are given."""

    def deed(acts: Acts, move: Move) -> bool:
        acts.finish_item(slug, "hamta-protokollsutdrag")
        acts.decide(slug, "adopt", meeting_on=move(meeting), conditions=conditions)
        return True

    return Scene(meeting, slug, deed)


def to_decision(
    slug: str, *, started: str, gap: str, communicated: str, proposed: str, submitted: str, meeting: str
) -> Iterator[Scene]:
    """Tell of a pathway up to its papers on the way to the board's meeting."""
    told, put = date.fromisoformat(communicated), date.fromisoformat(proposed)
    yield from begin(slug, date.fromisoformat(started), date.fromisoformat(gap))
    yield communicate(slug, told)
    yield from _plan(slug, told, put)
    yield _submit(slug, date.fromisoformat(submitted), date.fromisoformat(meeting))


def loop(slug: str, on: str, decision: str) -> Scene:
    """Hold a loop in short."""

    def deed(acts: Acts, move: Move) -> bool:
        if not _is_opened(acts, slug, move):
            return False
        acts.finish_item(slug, "hall-larandeloopen")
        acts.hold_loop(slug, decision)
        return True

    return Scene(date.fromisoformat(on), slug, deed)


def _is_opened(acts: Acts, slug: str, move: Move) -> bool:
    """Say whether the loop is open: by its timer, or, where that comes too late for the story, by a person."""
    if acts.sight.open_loop(acts.sight.case(slug)) is not None:
        return True
    if acts.today < move(_later(TABLE_ON, -1)):
        return False
    acts.hand.give(slug, "open_loop", team_of(slug).resource, reason=said("Mötet fick hållas tidigare"))
    return True


def review(slug: str, foretold: str, on: str, decision: str, question: str | None = None) -> Iterator[Scene]:
    """Hold a loop in full: what is expected is written down before it opens, and the record is signed."""

    def foretell(acts: Acts, _move: Move) -> bool:
        Reviews(acts).foretell(slug)
        return True

    def sign(acts: Acts, move: Move) -> bool:
        if not _is_opened(acts, slug, move):
            return False
        acts.finish_item(slug, "hall-larandeloopen")
        Reviews(acts).sign(slug, decision, question=question)
        return True

    yield Scene(date.fromisoformat(foretold), slug, foretell)
    yield Scene(date.fromisoformat(on), slug, sign)


def adopt_adjusted(slug: str, on: str) -> Scene:
    """Put an adjusted plan to use."""

    def deed(acts: Acts, _move: Move) -> bool:
        acts.adjust_plan(slug)
        acts.finish_item(slug, "andra-implementeringsplanen")
        acts.hand.give(slug, "adopt_adjusted_plan", team_of(slug).chair)
        return True

    return Scene(date.fromisoformat(on), slug, deed)


def carry_on(slug: str, on: str, *, done: int, begun: int) -> Scene:
    """Say of the first activities that they are done, and of the next that they are under way."""

    def deed(acts: Acts, _move: Move) -> bool:
        for number, activity in enumerate(acts.sight.activities(acts.sight.case(slug))[: done + begun]):
            acts.move_activity(slug, activity, "done" if number < done else "under_way")
        return True

    return Scene(date.fromisoformat(on), slug, deed)


def celebrate(slug: str, on: str) -> Scene:
    """Celebrate."""

    def deed(acts: Acts, _move: Move) -> bool:
        for item in ("skriv-utvardering", "boka-firandet", "utse-mottagare"):
            acts.finish_item(slug, item)
        acts.celebrate(slug)
        return True

    return Scene(date.fromisoformat(on), slug, deed)
