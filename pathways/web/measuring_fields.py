"""The questions about an indicator: as fields with what stands or what was typed, and as an order's data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pathways.measurement.series import Direction, Every, RuleSet
from pathways.models.measure import Availability, IndicatorKind
from pathways.queries.choices import list_people
from pathways.queries.series import IndicatorView
from pathways.services.measure.change_indicator import Clearable
from pathways.services.measure.figures import read_figure
from pathways.services.measure.parts import LONG, NAME, SHORT
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.forms import YES, Field, Kind, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
WHAT = ("name", "kind", "direction", "about")
COUNTED = ("share", "unit", "counts_people", "every", "definition", "how_to_read")
TARGETS = ("target", "second_target")
DATA = ("availability", "source", "coverage", "lag_days", "owner")
RULES = ("rules", "screen", "two_of_three")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "what": WHAT,
    "counted": COUNTED,
    "targets": TARGETS,
    "data": DATA,
    "rules": RULES,
}
NAMES = tuple(name for names in GROUPS.values() for name in names)
NEVER_CHANGED = frozenset({"share", "every"})
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("kind", "direction", "share", "availability", "rules", "two_of_three"), "radios"),
    **dict.fromkeys(("counts_people", "screen"), "checkbox"),
    **dict.fromkeys(("about", "definition", "how_to_read"), "area"),
    **dict.fromkeys(("every", "owner"), "select"),
    "lag_days": "number",
}
REQUIRED = frozenset({"name", "kind", "direction", "share", "every", "availability", "rules", "two_of_three"})
HELPED = frozenset(
    {
        *("name", "about", "unit", "counts_people", "every", "definition", "how_to_read", "target", "second_target"),
        *("source", "coverage", "lag_days", "owner", "screen"),
    }
)
CHOICES: Mapping[str, tuple[str, Iterable[str]]] = {
    "kind": ("web.measuring.kind", IndicatorKind),
    "direction": ("web.measuring.direction", Direction),
    "every": ("web.measuring.every", Every),
    "availability": ("web.measuring.availability", Availability),
    "rules": ("web.measuring.rules", RuleSet),
    "two_of_three": ("web.measuring.two_of_three", ("2023", "older")),
    "share": ("web.measuring.share", (YES, "no")),
}
"""The words and the answers of the questions with a list to choose from."""
HINTS: Mapping[str, str] = {
    "kind": "web.measuring.kind_hint",
    "availability": "web.measuring.availability_hint",
    "rules": "web.measuring.rules_hint",
    "two_of_three": "web.measuring.two_of_three_hint",
    "share": "web.measuring.share_hint",
}
LENGTHS: Mapping[str, int] = {"name": NAME, **dict.fromkeys(("about", "definition", "how_to_read"), LONG)}
TEXTS = frozenset({"name", "unit", "source", "coverage", "about", "definition", "how_to_read"})
FLAGS = frozenset({"counts_people", "screen"})
CLEARABLE = frozenset(get_args(Clearable))


def labels_of(visit: Visit, names: Iterable[str] = NAMES) -> dict[str, str]:
    """Return the questions' words by name."""
    return {name: visit.texts.say(f"web.measuring.field.{name}") for name in names}


def build_fields(
    visit: Visit, work: UnitOfWork, typed: Typed, errors: Mapping[str, str], *, is_new: bool
) -> dict[str, Field]:
    """Return the questions by name with what was typed; what can never change is not asked again."""
    people = list_people(work, region_id=visit.visitor.region_id)
    asked = [name for name in NAMES if is_new or name not in NEVER_CHANGED]
    return {name: _field(visit, name, people).filled(typed, errors) for name in asked}


def typed_of(view: IndicatorView, people: Iterable[Row]) -> dict[str, list[str]]:
    """Return an indicator as it would have been typed."""
    row = view.row
    slugs = {person["id"]: str(person["slug"]) for person in people}
    typed = {name: [_plain(row[name])] for name in NAMES if name not in {"owner", *FLAGS}}
    typed["owner"] = [slugs.get(row["owner_id"], "")]
    typed |= {name: [YES] if row[name] else [] for name in FLAGS}
    typed["share"] = [YES if row["share"] else "no"]
    return typed


def typed_of_goal(goal: Row) -> dict[str, list[str]]:
    """Return what is known of a goal of the catalogue as the beginning of an indicator."""
    unit = str(goal["unit"] or "")
    share = unit.casefold() in {"%", "procent", "percent"} or goal["name"].casefold().startswith(
        ("andel", "proportion")
    )
    return {
        "name": [str(goal["name"])],
        "kind": [str(goal["kind"])],
        "direction": [str(goal["direction"])],
        "share": [YES if share else "no"],
        "unit": ["" if share else unit],
        "target": [_plain(goal["target"])],
        **begin(),
    }


def begin() -> dict[str, list[str]]:
    """Return what a new indicator's form begins with."""
    return {
        "availability": ["available"],
        "rules": ["runs"],
        "two_of_three": ["2023"],
        "screen": [YES],
        "every": ["month"],
    }


def order_data(typed: Typed) -> dict[str, object]:
    """Return the data of a new indicator; empty answers are left out."""
    data: dict[str, object] = {name: _value(name, said) for name in NAMES if (said := first(typed, name))}
    for name in (*FLAGS, "share"):
        data[name] = first(typed, name) == YES
    if data["share"]:
        data.pop("unit", None)
        data["counts_people"] = False
    return data


def change_data(view: IndicatorView, typed: Typed, before: Typed) -> dict[str, object]:
    """Return what changes in an indicator: what was typed otherwise than it stood when the form was shown."""
    wanted, stood = order_data(typed), order_data(before)
    for data in (wanted, stood):
        data.pop("every", None)
        data.pop("share", None)
    changed = {name: value for name, value in wanted.items() if stood.get(name) != value}
    cleared = sorted(name for name in stood if name not in wanted and name in CLEARABLE)
    return {"indicator": view.slug, **changed, **({"clear": cleared} if cleared else {})}


def _value(name: str, said: str) -> object:
    """Return a number for what is typed as one; what is none goes on as it is, and is refused with its field."""
    if name not in TARGETS:
        return said
    try:
        return read_figure(said)
    except ValueError:
        return said


def _field(visit: Visit, name: str, people: Iterable[Row]) -> Field:
    say = visit.texts.say
    return Field(
        name=name,
        label=say(f"web.measuring.field.{name}"),
        help=say(f"web.measuring.help.{name}") if name in HELPED else "",
        kind=KINDS.get(name, "text"),
        options=_options(visit, name, people),
        required=name in REQUIRED,
        max_length=LENGTHS.get(name, SHORT) if name in TEXTS else None,
        rows=3,
    )


def _options(visit: Visit, name: str, people: Iterable[Row]) -> tuple[Option, ...]:
    if name == "owner":
        nobody = Option(value="", label=visit.texts.say("web.measuring.nobody"))
        known = (Option(value=row["slug"], label=", ".join(filter(None, (row["name"], row["unit"])))) for row in people)
        return (nobody, *known)
    family, answers = CHOICES.get(name, ("", ()))
    word, hints = visit.texts.word, HINTS.get(name)
    return tuple(
        Option(value=str(one), label=word(family, str(one)), hint=word(hints, str(one)) if hints else "")
        for one in answers
    )


def _plain(value: object) -> str:
    return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else "" if value is None else str(value)
