"""What the curves say of each activity, the hints that follow, and the soft checks of a record. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pathways.measurement.hints import Delivered, Hint, Seen, agrees, join_seen, list_hints, seen_in
from pathways.models.measure import IndicatorKind
from pathways.services.review.record import Record
from pathways.services.review.series import Series
from pathways.storage.unit_of_work import Row

CONSECUTIVE, CLAIM = 3, 10
CHECKS = ("foretold", "builds_on", "small_first", "three_points", "ten_points", "theory", "agrees")
"""The soft checks, in the order of the page; a review is signed with or without them."""


def linked(activity: Row, prediction: Row | None, series: Sequence[Series]) -> list[Series]:
    """Return the series that an activity is to move: those it or its prediction names; where none is named, all."""
    named = {_plain(activity["indicator"]), _plain(prediction["measure"] if prediction else None)} - {""}
    own = [one for one in series if _plain(one.indicator["name"]) in named or one.indicator["slug"] in named]
    return own or list(series)


def hints_for(record: Record, activity: Row, series: Sequence[Series]) -> tuple[Hint, ...]:
    """Return the hints for an activity: from how it was done, and what its process and outcome measures show."""
    ref = str(activity["ref"])
    own = linked(activity, record.foretold.get(ref), series)
    done = record.of(ref, "done")
    seen = [_seen(own, kind) for kind in (IndicatorKind.PROCESS, IndicatorKind.OUTCOME)]
    return list_hints(Delivered(done) if done in {*Delivered} else None, *seen)


def list_checks(record: Record, reviewed: Sequence[Row], series: Sequence[Series]) -> dict[str, bool | None]:
    """Return each soft check as met, unmet, or None where there is nothing to check."""
    refs = [str(activity["ref"]) for activity in record.activities]
    foretold = [record.foretold[ref] for ref in refs if ref in record.foretold]
    before = {row["activity_ref"] for row in reviewed}
    first = [record.of(ref, "scale") for ref in refs if ref not in before]
    measured = [one for one in series if one.final]
    claims = [one for one in measured if one.judgement.signal is not None]
    return {
        "foretold": _all(refs, len(foretold) == len(refs) and not any(row["is_late"] for row in foretold)),
        "builds_on": _all(before, any(ref in before or _is_new(record, ref) for ref in refs)),
        "small_first": _all(first, all(scale not in ("", "all") for scale in first)),
        "three_points": _all(series, any(_longest(one) >= CONSECUTIVE for one in series)),
        "ten_points": _all(claims, all(one.final >= CLAIM for one in claims)),
        "theory": _all(refs, all(row["theory"] for row in foretold) and len(foretold) == len(refs)),
        "agrees": _all(refs, all(_fits(record, activity, series) for activity in record.activities)),
    }


def _fits(record: Record, activity: Row, series: Sequence[Series]) -> bool:
    ref = str(activity["ref"])
    return bool(record.of(ref, "why")) or agrees(record.of(ref, "decision"), hints_for(record, activity, series))


def _is_new(record: Record, ref: str) -> bool:
    """Say whether an activity was planned because an earlier review asked for it."""
    return any(row["ref"] == ref and row["from_loop"] is not None for row in record.activities)


def _seen(series: Iterable[Series], kind: IndicatorKind) -> Seen | None:
    of_kind = [one for one in series if one.indicator["kind"] == kind]
    return join_seen(tuple(seen for one in of_kind for seen in seen_in(one.judgement)))


def _longest(series: Series) -> int:
    """Return the longest stretch of periods without a gap."""
    longest = run = 0
    for judged in series.judgement.points:
        run = run + 1 if judged.point.counts else 0
        longest = max(longest, run)
    return longest


def _all(concerned: Iterable[object], met: bool) -> bool | None:  # noqa: FBT001  an answer, not a flag
    return met if any(True for _ in concerned) else None


def _plain(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


def data_until(series: Iterable[Series]) -> date | None:
    """Return the first day of the newest period that has a value."""
    return max((point.period for one in series for point in one.points if point.value is not None), default=None)


def tell_checks(checks: Mapping[str, bool | None]) -> tuple[int, int]:
    """Return how many checks are met, and how many there are to meet."""
    concerned = [met for met in checks.values() if met is not None]
    return sum(concerned), len(concerned)
