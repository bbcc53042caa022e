"""What a review still lacks before it can be signed, question by question. Pure: it looks at answers, never at rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathways.models.review import AskedFor, Verdict
from pathways.services.review.questions import YES, key_of
from pathways.storage.unit_of_work import Row
from states.reasons import Place, Reason, Role

MET_BY = (str(Role.LAG_CHAIR), str(Role.DEVELOPMENT_RESOURCE))
EARLIEST = date(2000, 1, 1)
MINIMUM = 3


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing or wrong: the key of the answer, and the reason."""

    key: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The answers of a working paper, and what they are about. `series` are the keys' middles of the indicators."""

    texts: Mapping[str, str]
    activities: Sequence[Row]
    foretold: Mapping[str, Row]
    series: Sequence[str]
    today: date

    def whole(self, name: str) -> str:
        """Return an answer about the whole."""
        return self.texts.get(key_of("w", "", name), "")

    def of(self, activity: str, name: str) -> str:
        """Return an answer about an activity."""
        return self.texts.get(key_of("a", activity, name), "")

    def about(self, series: str, name: str) -> str:
        """Return an answer about an indicator."""
        return self.texts.get(key_of("i", series, name), "")


def list_lacks(record: Record) -> tuple[Lack, ...]:
    """Return everything that stands in the way of signing, in the order of the page."""
    parts = [_of_activity(record, activity) for activity in record.activities]
    about = [_of_series(record, series) for series in record.series]
    return (*_of_frame(record), *(lack for part in (*parts, *about) for lack in part), *_of_whole(record))


def day_in(text: str) -> date | None:
    """Return the day that an answer names, or None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_frame(record: Record) -> Iterator[Lack]:
    held = record.whole("held_on")
    yield from _when(not held, "w-held_on", "error.review_held_on_missing")
    if held:
        yield from _wrong_day("w-held_on", held, earliest=EARLIEST, latest=record.today, today=record.today)
    yield from _when(not record.whole("present"), "w-present", "error.review_present_missing")


def _of_activity(record: Record, activity: Row) -> Iterator[Lack]:
    ref, title = str(activity["ref"]), str(activity["title"] or "")
    decision = record.of(ref, "decision")

    def lack(wrong: bool, name: str, sentence: str) -> Iterable[Lack]:  # noqa: FBT001  a test, not a flag
        return _when(wrong, key_of("a", ref, name), sentence, title=title)

    yield from lack(ref not in record.foretold, "prediction", "error.review_prediction_missing")
    yield from lack(not record.of(ref, "scale"), "scale", "error.review_scale_missing")
    yield from lack(not record.of(ref, "done"), "done", "error.review_done_missing")
    yield from lack(not record.of(ref, "compared"), "compared", "error.review_compared_missing")
    yield from lack(len(record.of(ref, "learned")) < MINIMUM, "learned", "error.review_learned_missing")
    yield from lack(not decision, "decision", "error.review_verdict_missing")
    if decision:
        yield from _of_verdict(record, ref, title, decision)


def _of_verdict(record: Record, ref: str, title: str, decision: str) -> Iterator[Lack]:
    def lack(wrong: bool, name: str, sentence: str) -> Iterable[Lack]:  # noqa: FBT001  a test, not a flag
        return _when(wrong, key_of("a", ref, name), sentence, title=title)

    adjusts, extends = decision == Verdict.ADJUST, decision == Verdict.EXTEND
    yield from lack(adjusts and not record.of(ref, "change"), "change", "error.review_change_missing")
    yield from lack(extends and not record.of(ref, "why"), "why", "error.review_why_missing")
    keeps = decision == Verdict.KEEP
    yield from lack(keeps and not record.of(ref, "next_scale"), "next_scale", "error.review_next_scale_missing")
    if decision == Verdict.STOP:
        return
    yield from lack(not record.of(ref, "owner"), "owner", "error.review_owner_missing")
    due = record.of(ref, "due_on")
    yield from lack(not due, "due_on", "error.review_due_missing")
    if due:
        yield from _wrong_day(key_of("a", ref, "due_on"), due, earliest=record.today, today=record.today)


def _of_series(record: Record, series: str) -> Iterator[Lack]:
    wrong = record.about(series, "reset") == YES and not record.about(series, "reset_why")
    yield from _when(wrong, key_of("i", series, "reset_why"), "error.review_reset_why_missing")


def _of_whole(record: Record) -> Iterator[Lack]:
    asks, decision = record.whole("asked_for"), record.whole("decision")
    yield from _when(not record.whole("closing"), "w-closing", "error.review_closing_missing")
    yield from _when(not asks, "w-asked_for", "error.review_asked_for_missing")
    wants_words = asks not in ("", AskedFor.NOTHING)
    yield from _when(wants_words and not record.whole("question"), "w-question", "error.review_question_missing")
    yield from _when(not decision, "w-decision", "error.review_decision_missing")
    yield from _when(len(record.whole("summary")) < MINIMUM, "w-summary", "error.review_summary_missing")
    if decision == "pause":
        until = record.whole("until_on")
        yield from _when(not until, "w-until_on", "error.review_until_missing")
        if until:
            yield from _wrong_day("w-until_on", until, earliest=_after(record.today), today=record.today)


def _when(wrong: bool, key: str, sentence: str, **values: str | int) -> Iterator[Lack]:  # noqa: FBT001  a test, not a flag
    if wrong:
        yield Lack(key, Reason(sentence, values, MET_BY, Place.LOOP))


def _wrong_day(key: str, text: str, *, today: date, earliest: date, latest: date | None = None) -> Iterator[Lack]:
    day = day_in(text)
    told = {"day": text, "today": today.isoformat()}
    yield from _when(day is None, key, "error.review_no_day", given=text[:40])
    yield from _when(day is not None and day < earliest, key, "error.review_day_passed", **told)
    yield from _when(day is not None and latest is not None and day > latest, key, "error.review_day_ahead", **told)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
