"""Brings a stored snapshot back as what it was: the old decision still shows what was seen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from pathways.measurement.judgement import Centre, Judgement, Telling
from pathways.measurement.marks import Mark, Side
from pathways.measurement.series import Intervention, Settings

WORDS: Mapping[str, type[StrEnum]] = {"mark": Mark, "side": Side, "line": Centre}
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
        interventions=_interventions(snapshot["interventions"], titles),
    )


@cache
def _judgements() -> TypeAdapter[Judgement]:
    return TypeAdapter(Judgement)


@cache
def _settings() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def _interventions(stored: object, titles: Mapping[str, str]) -> tuple[Intervention, ...]:
    assert isinstance(stored, list)
    numbers: dict[str, int] = {}
    found = []
    for one in stored:
        number = numbers.setdefault(one["activity"], len(numbers) + 1)
        text = titles.get(one["activity"], "")
        found.append(Intervention(number=number, on=date.fromisoformat(one["on"]), stops=one["stops"], text=text))
    return tuple(found)


def _with_days(telling: Telling) -> Telling:
    """Return a telling with its days and words of choice as they were: in the store they are text."""
    return replace(telling, values={name: _revived(name, value) for name, value in telling.values.items()})


def _revived(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in WORDS:
        return WORDS[name](value)
    return date.fromisoformat(value) if _DAY.fullmatch(value) else value
