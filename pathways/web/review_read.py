"""Reads the review of a loop for its pages: as of which day, through whose eyes; and saves what was typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathways.errors import InvalidOrder, Refused
from pathways.queries.moment import NotThere
from pathways.queries.review import ReviewPage, review_page
from pathways.services.measure.series import is_small
from pathways.services.review.field import WRITES, Answer, Clash, Saved, Writer, save_review_field
from pathways.services.review.questions import Asked
from pathways.services.review.series import Sees, sees_all
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.as_of import AsOf, read_as_of
from pathways.web.forms import first
from pathways.web.review_fields import HAND, THEIRS, WAS, Typed, keys_in, seen_in, typed_in
from pathways.web.visit import NotFound, Visit

LONGEST_NUMBER = 3


@dataclass(slots=True)
class Outcome:
    """What became of the answers of a form, by key; `unseen` are those that others wrote after the form was shown."""

    clashes: dict[str, Clash] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    unseen: list[Answer] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Say whether everything stands as it was typed."""
        return not self.clashes and not self.faults


def number_in(text: str) -> int:
    """Return the loop's number in an address; anything else is not found."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text)):
        raise NotFound
    return int(text)


def read_review(visit: Visit, slug: str, number: str, *, needs_loop: bool = True) -> ReviewPage:
    """Return the review of a loop as it stands; a loop that is not there is not found."""
    with visit.read() as work:
        page = _load(visit, work, slug, number_in(number), None)
    if needs_loop and page.loop is None:
        raise NotFound
    return page


def read_review_as_of(visit: Visit, slug: str, number: str) -> tuple[AsOf, ReviewPage]:
    """Return the day asked for and the review as it stood; where it was not there, why, and as it stands."""
    asked = read_as_of(visit)
    with visit.read() as work:
        try:
            page = _load(visit, work, slug, number_in(number), asked)
        except (NotThere, Refused) as error:
            asked = asked.refused(visit.wording.sentence(error.sentence, error.values))
            page = _load(visit, work, slug, number_in(number), None)
    if page.loop is None:
        raise NotFound
    return asked, page


def eyes_of(visit: Visit, introduction_id: int) -> Sees:
    """Return what the visitor may see: values with few persons behind them only with the right to it."""
    return sees_all if visit.may("see_small_counts", introduction_id) else _sees_large


def writer_of(visit: Visit, page: ReviewPage, form: Typed) -> Writer:
    """Return the visitor as one who writes on the paper of a review."""
    visitor = visit.visitor
    return Writer(
        person_id=visitor.person_id,
        region_id=visitor.region_id,
        introduction_id=page.head.introduction_id,
        loop=page.number,
        hand=first(form, HAND),
    )


def save_answer(visit: Visit, page: ReviewPage, key: str, asked: Asked, form: Typed) -> Saved | Clash:
    """Save one answer; raises the refusals of `save_review_field`."""
    writer, text, seen = writer_of(visit, page, form), typed_in(form, asked.question, key), seen_in(form, key)
    return visit.app.retry(
        lambda work: save_review_field(work, writer, key, text, seen=seen, today=visit.today),
    )


def save_all(visit: Visit, page: ReviewPage, form: Typed) -> Outcome:
    """Save every answer that somebody changed, each for itself, and tell what became of them."""
    outcome = Outcome()
    for key, asked in keys_in(form).items():
        stands, text = page.paper.get(key), typed_in(form, asked.question, key)
        is_own = bool(stands.hand) and stands.hand == first(form, HAND)
        if stands.version != seen_in(form, key) and not is_own:
            outcome.unseen.append(stands)
        is_touched = text not in (stands.text, first(form, WAS + key))
        if not is_touched or first(form, THEIRS + key) or not belongs(page, asked):
            continue
        _save(visit, page, key, asked, form, outcome)
    return outcome


def _save(visit: Visit, page: ReviewPage, key: str, asked: Asked, form: Typed, outcome: Outcome) -> None:
    try:
        done = save_answer(visit, page, key, asked, form)
    except InvalidOrder as error:
        problem = error.problems[0]
        outcome.faults[key] = visit.wording.sentence(problem.sentence, problem.values)
        outcome.typed[key] = typed_in(form, asked.question, key)
        return
    if isinstance(done, Clash):
        outcome.clashes[key] = done
        outcome.seen[key] = seen_in(form, key)


def may_write(visit: Visit, page: ReviewPage) -> bool:
    """Say whether the visitor may write on the paper of this review now."""
    return page.is_open and visit.may(WRITES, page.head.introduction_id)


def belongs(page: ReviewPage, asked: Asked) -> bool:
    """Say whether this review asks the question: about one of its activities or indicators."""
    about: Mapping[str, set[str]] = {
        "a": {str(one.line.ref) for one in page.under_test},
        "i": {one.about for one in page.series},
        "w": {""},
    }
    return asked.about in about[asked.part]


def _load(visit: Visit, work: UnitOfWork, slug: str, number: int, asked: AsOf | None) -> ReviewPage:
    visitor = visit.visitor
    return review_page(
        work,
        region_id=visitor.region_id,
        slug=slug,
        number=number,
        profile=visit.profile,
        today=visit.today,
        now=visit.now,
        as_of=asked.moment if asked else None,
        sees=lambda indicator, value: _sees(visit, indicator, value),
    )


def _sees(visit: Visit, indicator: Row, value: Row) -> bool:
    return eyes_of(visit, int(indicator["introduction_id"]))(indicator, value)


def _sees_large(indicator: Row, value: Row) -> bool:
    return not is_small(indicator, value)
