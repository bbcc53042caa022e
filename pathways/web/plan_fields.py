"""The questions about an activity: as fields with what stands or what was typed, and as an order's data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pathways.errors import InvalidOrder, PathwaysError, Problem, Refused, Unknown
from pathways.models.plan import ActivityState
from pathways.queries.choices import list_people
from pathways.queries.plan import PlanLine, PlanPage
from pathways.services.plan.parts import LONG, SHORT, ActivityKind, Clearable, Strategy
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit
from states.errors import StatesError, TransitionRefused

Typed = Mapping[str, Sequence[str]]

WHAT = ("title", "kind", "effect", "indicator", "indicator_own")
WHO = ("responsible", "responsible_role", "support")
WHEN = ("start_on", "due_on", "dependency")
COST = ("cost_once", "cost_yearly", "funding", "decision_ref")
NAMES = (*WHAT, *WHO, *WHEN, *COST)
GAPS = "gaps"
STRATEGIES = "strategies"
SEVERAL = (GAPS, STRATEGIES)
"""The questions to which several answers may be given."""

WHOLE_STEP = "steg:"  # before a step: all its gaps
AREAS = frozenset({"effect", "dependency", "report"})
NUMBERS = frozenset({"cost_once", "cost_yearly"})
DAYS = frozenset({"start_on", "due_on"})
REQUIRED = frozenset({"title", "kind"})
LENGTHS: Mapping[str, int] = {"title": 300, "effect": LONG, "dependency": LONG, "report": LONG}
COLUMNS: Mapping[str, str] = {"responsible": "responsible_id", "indicator_own": "indicator"}
HELPED = frozenset(
    {*("title", "effect", "indicator", "responsible_role", "support", "dependency", "cost_once"), "decision_ref"}
)
CLEARABLE = frozenset(get_args(Clearable))
PROBLEMS = frozenset(
    {
        *("order.missing", "order.date", "order.integer", "order.one_of", "order.too_short", "order.too_long"),
        *("order.too_small", "order.too_large"),
    }
)


def build_fields(
    visit: Visit, work: UnitOfWork, plan: PlanPage, typed: Typed, errors: Mapping[str, str]
) -> dict[str, Field]:
    """Return the questions by name, with what was typed and what is wrong with it."""
    people = tuple(
        Option(value=row["slug"], label=", ".join(filter(None, (row["name"], row["unit"]))))
        for row in list_people(work, region_id=visit.visitor.region_id)
    )
    goals = tuple(Option(value=name, label=name) for name in plan.goals)
    kinds = tuple(
        Option(value=kind, label=_upper(visit.texts.word("web.plan.kind", kind))) for kind in get_args(ActivityKind)
    )
    nobody = Option(value="", label=visit.texts.say("web.plan.nobody"))
    options = {"kind": kinds, "responsible": (nobody, *people), "indicator": goals}
    fields = (_field(visit, name, options.get(name, ())) for name in NAMES if name != "indicator" or goals)
    return {one.name: one.filled(typed, errors) for one in (*fields, _strategies(visit))}


def typed_of(plan: PlanPage, line: PlanLine, people: Mapping[int, str]) -> dict[str, list[str]]:
    """Return an activity as it would have been typed; `people` gives slugs by id."""
    row = line.row
    typed = {name: [_plain(row[COLUMNS.get(name, name)])] for name in NAMES if name not in {"indicator", "responsible"}}
    typed["responsible"] = [people.get(row["responsible_id"], "")]
    known = row["indicator"] in plan.goals
    typed["indicator"] = [row["indicator"]] if known else [""]
    typed["indicator_own"] = [""] if known else [_plain(row["indicator"])]
    typed[GAPS] = [gap.ref for gap in line.gaps]
    typed[STRATEGIES] = list(row[STRATEGIES] or ())
    return typed


def order_data(plan: PlanPage, typed: Typed) -> dict[str, object]:
    """Return the data of a new activity."""
    data: dict[str, object] = {name: said for name in NAMES if (said := _said(typed, name))}
    own = data.pop("indicator_own", None)
    if own:
        data["indicator"] = own
    data[GAPS] = chosen_gaps(plan, typed)
    data[STRATEGIES] = chosen_strategies(typed)
    return data


def change_data(plan: PlanPage, line: PlanLine, typed: Typed, before: Typed) -> dict[str, object]:
    """Return what changes in an activity: what was typed otherwise than it stood when the form was shown."""
    wanted, stood = order_data(plan, typed), order_data(plan, before)
    changed = {name: value for name, value in wanted.items() if name != GAPS and stood.get(name) != value}
    cleared = [name for name in stood if name not in wanted and name in CLEARABLE]
    gaps, linked = chosen_gaps(plan, typed), chosen_gaps(plan, before)
    return {
        "activity": line.ref,
        **changed,
        "clear": cleared,
        "gaps": [ref for ref in gaps if ref not in linked],
        "drop_gaps": [ref for ref in linked if ref not in gaps],
    }


def chosen_strategies(typed: Typed) -> list[str]:
    """Return the strategies that were ticked, in the order of the list."""
    chosen = {*typed.get(STRATEGIES, ())}
    return [one for one in get_args(Strategy) if one in chosen]


def chosen_gaps(plan: PlanPage, typed: Typed) -> list[str]:
    """Return the refs of the gaps that were ticked; a whole step stands for all of its gaps."""
    chosen: list[str] = []
    for value in typed.get(GAPS, ()):
        step = value.removeprefix(WHOLE_STEP) if value.startswith(WHOLE_STEP) else None
        found = next((one for one in plan.steps if one.step == step), None)
        chosen += [gap.ref for gap in found.gaps] if found else [value] if step is None else []
    return list(dict.fromkeys(chosen))


def status_fields(visit: Visit, typed: Typed, errors: Mapping[str, str]) -> dict[str, Field]:
    """Return the questions about how an activity goes."""
    say = visit.texts.say
    states = tuple(Option(value=one, label=_upper(visit.texts.word("activity_state", one))) for one in ActivityState)
    fields = (
        Field(name="state", label=say("web.plan.field.state"), kind="radios", options=states),
        Field(
            name="started_on",
            label=say("web.plan.field.started_on"),
            help=say("web.plan.help.started_on"),
            kind="date",
            required=False,
        ),
        Field(name="ended_on", label=say("web.plan.field.ended_on"), kind="date", required=False),
        Field(
            name="report",
            label=say("web.plan.field.report"),
            help=say("web.plan.help.report"),
            kind="area",
            required=False,
            max_length=LONG,
        ),
        Field(
            name="due_on",
            label=say("web.plan.field.due_on"),
            help=say("web.plan.help.due_on_moved"),
            kind="date",
            required=False,
        ),
    )
    return {one.name: one.filled(typed, errors) for one in fields}


def faults_of(visit: Visit, error: PathwaysError | StatesError, names: Iterable[str]) -> dict[str, str] | None:
    """Return what is wrong by field, "" for the form as a whole; None where it is no fault of the form."""
    known = {*names}
    match error:
        case InvalidOrder():
            return _by_field(visit, error.problems, known)
        case Unknown() if error.kind in {"person", "gap_answer"}:
            name = "responsible" if error.kind == "person" else GAPS
            return {name: visit.texts.say(f"web.plan.fault.gone.{name}")}
        case Refused() if error.sentence == "error.due_before_start":
            return {"due_on": visit.texts.say("web.plan.fault.due_before_start")}
        case Refused() if error.sentence == "reason_missing" and "report" in known:
            return {"report": visit.texts.say("web.plan.fault.report")}
        case Refused() if error.sentence == "reason_missing":
            return {"due_on": visit.texts.say("web.plan.fault.moved_without_report")}
        case TransitionRefused() | Refused():
            return None
    return None


def _by_field(visit: Visit, problems: Iterable[Problem], known: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.field.partition(".")[0]
        at = name if name in known else "indicator_own" if name == "indicator" else ""
        label = visit.texts.say(f"web.plan.field.{at}") if at else ""
        sentence = problem.sentence if problem.sentence in PROBLEMS else "other"
        values = {"label": label, "given": problem.values["given"], "expected": problem.values["expected"]}
        found.setdefault(at, visit.wording.sentence(f"web.plan.fault.{sentence}", values))
    return found


def _said(typed: Typed, name: str) -> str:
    said = first(typed, name)
    return "".join(said.split()) if name in NUMBERS else said


def _field(visit: Visit, name: str, options: tuple[Option, ...]) -> Field:
    say = visit.texts.say
    return Field(
        name=name,
        label=say(f"web.plan.field.{name}"),
        help=say(f"web.plan.help.{name}") if name in HELPED else "",
        kind="select"
        if options
        else "area"
        if name in AREAS
        else "number"
        if name in NUMBERS
        else "date"
        if name in DAYS
        else "text",
        options=options,
        required=name in REQUIRED,
        max_length=None if options or name in NUMBERS | DAYS else LENGTHS.get(name, SHORT),
        rows=3,
    )


def _strategies(visit: Visit) -> Field:
    options = tuple(Option(value=one, label=_upper(visit.texts.word("strategy", one))) for one in get_args(Strategy))
    return Field(
        name=STRATEGIES,
        label=visit.texts.say("web.hold.strategies"),
        help=visit.texts.say("web.hold.strategies_help"),
        kind="checkboxes",
        options=options,
        required=False,
    )


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
