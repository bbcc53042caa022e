"""Lessons that introductions have kept: those of one, and those of a region that fit a kind of gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.catalogue import Pathway
from pathways.models.holding import Lesson
from pathways.models.introduction import Introduction
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_lesson, _introduction, _pathway = table_of(Lesson), table_of(Introduction), table_of(Pathway)
_OF_REGION = (
    select(
        *(_lesson.c[name] for name in ("introduction_id", "ref", "body", "hinders", "causes", "step", "written_on")),
        _introduction.c.slug,
        _pathway.c.name.label("pathway"),
    )
    .join(_introduction, _introduction.c.id == _lesson.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_lesson.c.region_id == bindparam("region"), _lesson.c.voided_by.is_(None))
    .order_by(_lesson.c.written_on.desc(), _lesson.c.introduction_id, _lesson.c.made_in)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLesson:
    """A lesson, and which pathway learned it."""

    ref: str
    introduction_id: int
    slug: str
    pathway: str
    body: str
    hinders: tuple[str, ...]
    causes: tuple[str, ...]
    step: str
    written_on: date


def list_lessons(work: UnitOfWork, *, region_id: int) -> list[KeptLesson]:
    """Return every lesson of a region, the newest first; an erased one is left out."""
    return [_lesson_of(row) for row in work.rows(_OF_REGION, {"region": region_id}) if row["body"]]


def lessons_for(
    lessons: Iterable[KeptLesson],
    *,
    steps: Iterable[str],
    hinders: Iterable[str] = (),
    causes: Iterable[str] = (),
    but: int | None = None,
) -> tuple[list[KeptLesson], list[KeptLesson]]:
    """Return the lessons that fit a step (by any of its headings) or what was said of it, and the others with tags.

    `but` is the introduction that asks: its own lessons are no news to it.
    """
    words = {_plain(one) for one in steps if one}
    found: list[KeptLesson] = []
    others: list[KeptLesson] = []
    said, why = {*hinders}, {*causes}
    for one in lessons:
        if one.introduction_id == but:
            continue
        fits = _plain(one.step) in words or said & {*one.hinders} or why & {*one.causes}
        (found if fits else others).append(one)
    return found, [one for one in others if one.hinders or one.causes]


def _lesson_of(row: Row) -> KeptLesson:
    same = {name: row[name] for name in ("ref", "introduction_id", "slug", "pathway", "body", "step", "written_on")}
    return KeptLesson(**same, hinders=tuple(row["hinders"]), causes=tuple(row["causes"]))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
