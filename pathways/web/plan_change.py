"""Changes an activity unless somebody else changed the same answers after the form was shown; then both are shown.

An introduction changes often, one activity seldom. So a form is held against what happened to its own activity, and
only what was typed otherwise than it stood is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.errors import IntroductionChanged
from pathways.queries.log_page import list_changes
from pathways.queries.people import load_names
from pathways.queries.plan import PlanLine, PlanPage
from pathways.services.frame import is_known
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.plan_fields import COLUMNS, NAMES, SEVERAL, STRATEGIES, build_fields, change_data, typed_of
from pathways.web.plan_shown import read_plan
from pathways.web.visit import NotFound, Visit

WAS = "was_"
TRIES = 3
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Answers that now have two versions: (question, mine, the one that stands); and the form to go on with."""

    rows: tuple[tuple[str, str, str], ...]
    form: dict[str, list[str]]
    was: dict[str, list[str]]
    version: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An activity as its form begins: the plan around it, its answers, and the version that is shown."""

    plan: PlanPage
    line: PlanLine
    typed: dict[str, list[str]]


def read_standing(visit: Visit, work: UnitOfWork, slug: str, ref: str) -> Standing:
    """Return an activity as it stands; one that is not in the plan is not found."""
    plan = read_plan(visit, work, slug)
    line = plan.line(ref)
    if line is None:
        raise NotFound
    slugs = {person_id: name for name, person_id in load_names(work, region_id=visit.visitor.region_id).ids.items()}
    return Standing(plan, line, typed_of(plan, line, slugs))


def was_of(typed: Typed) -> list[tuple[str, str]]:
    """Return the unseen fields that keep how the answers stood when the form was shown."""
    return [(WAS + name, value) for name in (*NAMES, *SEVERAL) for value in typed.get(name, ())]


def change(visit: Visit, slug: str, ref: str, form: Typed) -> Clash | bool:
    """Send what was changed: True when it stands, False where nothing was changed; a clash writes nothing."""
    keys = keys_of(form)
    was = {name: list(form.get(WAS + name, ())) for name in (*NAMES, *SEVERAL)}
    for _ in range(TRIES):
        with visit.read() as work:
            standing = read_standing(visit, work, slug, ref)
            if not is_known(work, keys.command_id) and (clash := _clash(visit, work, standing, form, was, keys)):
                return clash
        data = change_data(standing.plan, standing.line, form, was)
        if not any(value or name == STRATEGIES for name, value in data.items() if name != "activity"):
            return False
        try:
            visit.run(slug, "update_activity", data, keys=Keys(keys.command_id, standing.plan.head.version))
        except IntroductionChanged:
            continue  # somebody was quicker in that very moment: look again whether it was about this activity
        return True
    raise IntroductionChanged(slug=slug)


def _clash(visit: Visit, work: UnitOfWork, standing: Standing, form: Typed, was: Typed, keys: Keys) -> Clash | None:
    head = standing.plan.head
    if keys.version is None or keys.version == head.version:
        return None
    changed = list_changes(
        work,
        region_id=visit.visitor.region_id,
        introduction_id=head.introduction_id,
        after=keys.version,
        table="activity",
        ref=standing.line.ref,
    )
    mine = [name for name in NAMES if first(form, name) != first(was, name)]
    both = [
        name
        for name in mine
        if COLUMNS.get(name, _column(name)) in changed and first(form, name) != first(standing.typed, name)
    ]
    if not both:
        return None
    fields = build_fields(visit, work, standing.plan, {}, {})
    rows = tuple(
        (fields[name].label, _told(fields[name], form), _told(fields[name], standing.typed))
        for name in both
        if name in fields
    )
    kept = {name: list(form.get(name, ())) if name in mine else standing.typed[name] for name in NAMES}
    several = {name: list(form.get(name, ())) for name in SEVERAL}
    return Clash(rows, {**kept, **several}, standing.typed, head.version)


def _column(name: str) -> str:
    return "responsible_id" if name == "responsible" else name


def _told(field: Field, typed: Typed) -> str:
    said = first(typed, field.name)
    return next((one.label for one in field.options if one.value == said), said) or "–"
