"""What has been learned: loops held and what they decided, what the body has not answered, and the curves (pure)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pathways.models.decision import BoardCase
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan import Activity
from pathways.models.review import ReviewActivity
from pathways.profiles.vocabulary import BodyKind
from pathways.queries.board import Placed
from pathways.queries.pack.content import Curve, HeldLoop, OpenMatter
from pathways.queries.portfolio import list_questions
from pathways.queries.series import ORDER
from pathways.services.measure.series import is_small
from pathways.services.pack.meeting import BodyMeeting
from pathways.services.review.series import Series, judge_all, take_snapshot
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row

MOST_CURVES = 3
"""So many indicators of one introduction are shown: outcome before process."""


def list_held(placed: Iterable[Placed], *, since: date, until: date) -> tuple[HeldLoop, ...]:
    """Return the loops that were held in a stretch of days, the newest first."""
    found = [
        HeldLoop(
            loop=loop["number"],
            held_on=loop["held_on"],
            decision=str(loop["decision"] or ""),
            summary=str(loop["summary"] or ""),
            verdicts=dict(_verdicts(one, loop["number"])),
            **_names(one),
        )
        for one in placed
        for loop in one.material.of(LearningLoop)
        if loop["state"] == LoopState.HELD and loop["held_on"] and since <= loop["held_on"] <= until
    ]
    return tuple(sorted(found, key=lambda one: (-one.held_on.toordinal(), swedish_key(one.pathway))))


def list_open_matters(placed: Iterable[Placed], meeting: BodyMeeting, *, today: date) -> tuple[OpenMatter, ...]:
    """Return what the body has not answered, the oldest first. A management group has the reviews' questions too."""
    found: list[OpenMatter] = []
    for one in placed:
        if not one.material.head.is_open:
            continue
        if meeting.kind == BodyKind.MANAGEMENT_GROUP:
            found += _questions(one, today)
        found += _plans(one, meeting, today)
    return tuple(sorted(found, key=lambda matter: (-matter.days, swedish_key(matter.pathway), matter.loop)))


def list_curves(placed: Iterable[Placed], *, units: Mapping[int, str], today: date) -> tuple[Curve, ...]:
    """Return the indicators that have values, a few of each introduction; small counts left out.

    What is measured for the whole region is told for it; what only units measure is told unit by unit.
    """
    return tuple(curve for one in placed if one.material.head.is_open for curve in _curves(one, units, today))


def _questions(one: Placed, today: date) -> Iterator[OpenMatter]:
    for asked in list_questions(one.material.head, one.material.rows, today):
        yield OpenMatter(
            kind="question", loop=asked.loop, text=asked.question, since=asked.asked_on, days=asked.days, **_names(one)
        )


def _plans(one: Placed, meeting: BodyMeeting, today: date) -> Iterator[OpenMatter]:
    for case in one.material.of(BoardCase):
        since: date | None = case["basis_made_on"]
        if not case["closed"] and case["body_id"] == meeting.body_id and since:
            days = (today - since).days
            yield OpenMatter(kind="plan", since=since, days=days, meeting_on=case["meeting_on"], **_names(one))


def _curves(one: Placed, units: Mapping[int, str], today: date) -> Iterator[Curve]:
    material = one.material
    values, phases, activities = (material.of(kind) for kind in (IndicatorValue, IndicatorPhase, Activity))
    indicators = sorted(material.of(Indicator), key=lambda row: (ORDER.index(str(row["kind"])), str(row["slug"])))
    judged = judge_all(indicators, values, phases, today=today, sees=lambda row, value: not is_small(row, value))
    titles = {row["ref"]: str(row["title"] or "") for row in activities if row["started_on"] or row["ended_on"]}
    for series in _chosen(judged, units):
        row = series.indicator
        yield Curve(
            ref=row["ref"],
            name=str(row["name"] or row["slug"]),
            unit=str(row["unit"] or ""),
            source=str(row["source"] or ""),
            place=units.get(series.unit_id, "") if series.unit_id is not None else "",
            unit_id=series.unit_id or 0,
            hidden=_hidden(series, values),
            snapshot=take_snapshot(series, activities, today=today),
            titles=titles,
            **_names(one),
        )


def _chosen(judged: Iterable[Series], units: Mapping[int, str]) -> Iterator[Series]:
    """Yield the series of the first indicators that have any: the whole region's, else each unit's by its name."""
    by_indicator: dict[str, list[Series]] = {}
    for series in judged:
        if series.points:
            by_indicator.setdefault(series.indicator["ref"], []).append(series)
    for found in list(by_indicator.values())[:MOST_CURVES]:
        whole = [series for series in found if series.unit_id is None]
        yield from whole or sorted(found, key=lambda series: swedish_key(units.get(series.unit_id or 0, "")))


def _hidden(series: Series, values: Iterable[Row]) -> int:
    ref, unit_id = series.indicator["ref"], series.unit_id
    own = [row for row in values if row["indicator"] == ref and row["unit_id"] == unit_id]
    return sum(is_small(series.indicator, row) for row in own)


def _verdicts(one: Placed, loop: int) -> Counter[str]:
    return Counter(str(row["decision"]) for row in one.material.of(ReviewActivity) if row["loop"] == loop)


def _names(one: Placed) -> Row:
    return {name: getattr(one.row, name) for name in ("slug", "pathway", "number")}
