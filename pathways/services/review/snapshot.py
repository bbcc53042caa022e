"""Brings a stored snapshot back as what it was: the old decision still shows what was seen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from pathways.measurement.judgement import Judgement, Telling
from pathways.measurement.marks import Mark, Side
from pathways.measurement.series import Intervention, Settings
from pathways.measurement.telling import Line
from pathways.services.measure.series import RealDay, tell_real_days

WORDS: Mapping[str, type[StrEnum]] = {"mark": Mark, "side": Side, "line": Line}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A series as a signed review saw it."""

    taken_on: date
    settings: Settings
    judgement: Judgement
    interventions: tuple[Intervention, ...]


def revive(snapshot: Mapping[str, object], titles: Mapping[str, str]) -> Seen:
    """Return what a snapshot holds, with `titles` of activities by ref for its interventions."""
    judgement = _judgements().validate_python(snapshot["judgement"])
    judgement = replace(
        judgement,
        telling=tuple(_with_days(one) for one in judgement.telling),
        notes=tuple(_with_days(one) for one in judgement.notes),
        headline=_with_days(judgement.headline),
    )
    return Seen(
        taken_on=date.fromisoformat(str(snapshot["taken_on"])),
        settings=_settings().validate_python(snapshot["settings"]),
        judgement=judgement,
        interventions=tell_real_days(_real_days().validate_python(snapshot["interventions"]), titles),
    )


@cache
def _judgements() -> TypeAdapter[Judgement]:
    return TypeAdapter(Judgement)


@cache
def _settings() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


@cache
def _real_days() -> TypeAdapter[tuple[RealDay, ...]]:
    return TypeAdapter(tuple[RealDay, ...])


def _with_days(telling: Telling) -> Telling:
    """Return a telling with its days and words of choice as they were: in the store they are text."""
    return replace(telling, values={name: _revived(name, value) for name, value in telling.values.items()})


def _revived(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in WORDS:
        return WORDS[name](value)
    return date.fromisoformat(value) if _DAY.fullmatch(value) else value
