"""Is the log whole? Numbers without a gap, each hash the right one, and the head the one the introduction knows."""

from collections.abc import Iterator, Sequence

from pathways.services.case import snapshot_of
from pathways.services.verify.finding import Finding
from pathways.storage.log import GENESIS, event_hash
from pathways.storage.unit_of_work import Row
from states.errors import IllegalSnapshot
from states.snapshot import phase_of, place_of, standing_of
from states.versions import check_snapshot

POSITION = ("chart", "configuration", "history", "phase", "place", "standing")


def check_chain(introduction: Row, events: Sequence[Row]) -> Iterator[Finding]:
    """Yield what is wrong with one introduction's log and its head."""
    slug = str(introduction["slug"])
    previous = GENESIS
    newest = None
    for number, event in enumerate(events, start=1):
        if event["seq"] != number:
            yield Finding(slug, "verify.gap_in_log", {"seq": number})
            return
        if event["prev_hash"] != previous or event["hash"] != event_hash(previous, event):
            yield Finding(slug, "verify.hash_broken", {"seq": number})
        if newest is not None and event["at"] < newest:
            yield Finding(slug, "verify.time_went_back", {"seq": number})
        if event["region_id"] != introduction["region_id"]:
            yield Finding(slug, "verify.foreign_region", {"seq": number})
        yield from _check_position(slug, event)
        previous, newest = str(event["hash"]), event["at"]
    yield from _check_head(introduction, events, previous)


def _check_position(slug: str, event: Row) -> Iterator[Finding]:
    snapshot = snapshot_of(event)
    try:
        check_snapshot(snapshot)
    except IllegalSnapshot:
        yield Finding(slug, "verify.illegal_position", {"seq": event["seq"]})
        return
    phase = phase_of(snapshot)
    told = (str(phase or event["phase"]), place_of(snapshot), str(standing_of(snapshot)))
    if told != (event["phase"], event["place"], event["standing"]):
        yield Finding(slug, "verify.position_mislabelled", {"seq": event["seq"]})


def _check_head(introduction: Row, events: Sequence[Row], head: str) -> Iterator[Finding]:
    slug = str(introduction["slug"])
    if not events:
        yield Finding(slug, "verify.log_empty")
        return
    if introduction["version"] != events[-1]["seq"] or introduction["head_hash"] != head:
        yield Finding(slug, "verify.head_differs", {"version": introduction["version"], "seq": events[-1]["seq"]})
    if any(introduction[name] != events[-1][name] for name in POSITION):
        yield Finding(slug, "verify.position_differs", {"seq": events[-1]["seq"]})
