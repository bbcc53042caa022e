"""The series that a review looks at, judged, and the snapshot of one that the signed review keeps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from pathways.measurement.judge import judge
from pathways.measurement.judgement import Judgement
from pathways.measurement.series import Point, Settings
from pathways.services.measure.series import by_series, phases_of, point_of, real_days_of, settings_of
from pathways.storage.log import plain
from pathways.storage.unit_of_work import Row

Sees = Callable[[Row, Row], bool]
"""Says of an indicator and one of its values whether whoever looks may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One indicator in one unit, or in the whole region, with what may be said of it."""

    indicator: Row
    unit_id: int | None
    points: tuple[Point, ...]
    settings: Settings
    judgement: Judgement

    @property
    def about(self) -> str:
        """Return what keys of answers about it have in the middle."""
        return f"{self.indicator['ref']}-{self.unit_id or 0}"

    @property
    def final(self) -> int:
        """Return how many points count."""
        return sum(point.counts for point in self.points)


def sees_all(_indicator: Row, _value: Row) -> bool:
    """Let every value be seen."""
    return True


def judge_all(
    indicators: Iterable[Row], values: Iterable[Row], phases: Iterable[Row], *, today: date, sees: Sees = sees_all
) -> tuple[Series, ...]:
    """Return every series of the indicators in use: the whole region's before the units'.

    An indicator without values has one empty series, so that its absence is seen. What may not be seen is left out
    before anything is computed.
    """
    by_key, confirmed = by_series(values), by_series(phases)
    found: list[Series] = []
    for indicator in indicators:
        if indicator["retired_on"] is not None:
            continue
        keys = sorted((key for key in by_key if key[0] == indicator["ref"]), key=lambda key: key[1] or 0)
        for key in keys or [(indicator["ref"], None)]:
            seen = [row for row in by_key.get(key, []) if sees(indicator, row)]
            found.append(_series(indicator, key[1], seen, confirmed.get(key, []), today))
    return tuple(found)


def take_snapshot(series: Series, activities: Iterable[Row], *, today: date) -> dict[str, object]:
    """Return what a signed review keeps of a series: figures, days and ids of texts, never a free text.

    The activities' real days are kept by their refs: the title may be erased, the line in the chart stays.
    """
    kept = plain(
        {
            "taken_on": today,
            "settings": asdict(series.settings),
            "judgement": asdict(series.judgement),
            "interventions": [asdict(day) for day in real_days_of(activities)],
        }
    )
    assert isinstance(kept, dict)
    return kept


def _series(indicator: Row, unit_id: int | None, values: Sequence[Row], phases: Sequence[Row], today: date) -> Series:
    settings = settings_of(indicator)
    points = tuple(point_of(row) for row in sorted(values, key=lambda row: str(row["period"])))
    judgement = judge(points, settings=settings, phases=phases_of(phases), today=today)
    return Series(indicator=indicator, unit_id=unit_id, points=points, settings=settings, judgement=judgement)
