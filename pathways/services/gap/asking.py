"""When units are asked, and about what: which version, and whether their answers are still taken."""

from pathways.errors import Refused
from pathways.services.case import Case
from pathways.services.lookup import versions_for
from pathways.services.versions import Versions
from states.snapshot import place_of

ASKING = frozenset({"mapping", "revising"})
RESTING = frozenset({"paused", "stopped", "closed"})


def takes_answers(place: str, version_id: int, *, analysed: object, versions: Versions) -> bool:
    """Say whether units may answer about a version, or change what they answered.

    They may while the gap analysis is under way, and about a newer version than the one that was analysed whenever
    they were asked. What has been communicated stands.
    """
    if place in ASKING or place in RESTING:
        return place in ASKING
    numbers = {key: int(row["number"]) for key, row in versions.by_id.items()}
    return numbers.get(version_id, 0) > (numbers.get(analysed, 0) if isinstance(analysed, int) else 0)


def refuse_when_closed(case: Case, version_id: int) -> None:
    """Refuse an answer where none is taken."""
    place = place_of(case.snapshot)
    analysed = case.own["analysed_version_id"]
    if place in ASKING or takes_answers(place, version_id, analysed=analysed, versions=versions_for(case)):
        return
    raise Refused("error.gap_closed", place=place)


def version_id_of(case: Case, label: str | None) -> int:
    """Return the version of a label, or the one being analysed where none is named."""
    if label is None:
        analysed = case.own["analysed_version_id"]
        if analysed is None:
            raise Refused("error.no_version", slug=case.slug)
        return int(str(analysed))
    versions = versions_for(case)
    for version_id, row in versions.by_id.items():
        if row["label"] == label:
            return version_id
    known = ", ".join(str(row["label"]) for row in versions.by_id.values())
    raise Refused("error.unknown_version", label=label, known=known)
