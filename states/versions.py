"""The versions of the introduction's chart, by the name a snapshot carries, and which of them new cases begin in."""

from states.chart import StrictChart
from states.charts.introduction_v1 import IntroductionV1
from states.errors import IllegalSnapshot
from states.legality import find_illegality
from states.outline import Outline, outline_of
from states.snapshot import Snapshot

CHARTS: dict[str, type[StrictChart]] = {"introduction_v1": IntroductionV1}
"""Every chart a stored snapshot may name."""

LATEST = "introduction_v1"


def get_outline(chart: str) -> Outline:
    """Return the outline of the chart of this name; raise `IllegalSnapshot` when there is none."""
    if chart not in CHARTS:
        raise IllegalSnapshot(f"no chart {chart!r}; known: {', '.join(CHARTS)}")
    return outline_of(CHARTS[chart])


def check_snapshot(snapshot: Snapshot) -> None:
    """Raise `IllegalSnapshot` unless the snapshot's chart allows it."""
    if wrong := find_illegality(get_outline(snapshot.chart), snapshot):
        raise IllegalSnapshot(f"{snapshot.chart}: {wrong}")
