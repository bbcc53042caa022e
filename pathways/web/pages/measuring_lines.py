"""An indicator's lines, decided by people: a baseline frozen, lines set anew, and the last decision taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.measurement.calendar import begin, step
from pathways.queries.series import Series
from pathways.services.measure.checks import SETTLED
from pathways.services.measure.freeze_baseline import NEEDED
from pathways.services.measure.periods import label
from pathways.services.measure.reset_phase import QUESTIONS
from pathways.web.forms import YES, Field, Keys, Option, first, keys_of
from pathways.web.measuring_faults import faults_of
from pathways.web.measuring_form import MeasuringForm, show_form
from pathways.web.measuring_read import Looked, chosen_series, get_indicator, look, slug_of
from pathways.web.measuring_shown import period_words, show, way_to
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.review_resets import LOOP, Wish, wish_of
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter(prefix="/forlopp/{slug}/matning/{indicator}")
WANTED = 12
"""So many points a baseline should have; ten are needed."""
LONGEST = 2000
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lines:
    """The series whose lines are decided about."""

    looked: Looked
    series: Series

    @property
    def root(self) -> str:
        """Return the indicator's address."""
        return f"/forlopp/{self.looked.measures.head.slug}/matning/{self.series.indicator.slug}"

    @property
    def back(self) -> str:
        """Return the address of the series."""
        return way_to(self.looked, self.series)

    @property
    def query(self) -> str:
        """Return what keeps the unit in an address."""
        _, mark, query = self.back.partition("?")
        return mark + query

    @property
    def final(self) -> list[date]:
        """Return the periods whose values are final."""
        return [period for period, row in self.series.rows.items() if row["state"] in SETTLED]

    @property
    def order(self) -> dict[str, object]:
        """Return what every order about these lines says."""
        unit = slug_of(self.looked, self.series.unit_id)
        return {"indicator": self.series.indicator.slug, **({"unit": unit} if unit else {})}


@router.get("/utgangslage")
def ask_freeze(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Ask which values are from before, with the last period before the first activity as a suggestion."""
    lines = _lines(visit, slug, indicator, "freeze_baseline")
    return _freeze_page(visit, lines, {"through": [_before_live(lines)]}, faults={}, keys=Keys())


@router.post("/utgangslage")
def freeze(visit: VisitDep, slug: str, indicator: str, form: FormDep) -> Response:
    """Freeze the baseline; 422 with what stands in the way."""
    lines = _lines(visit, slug, indicator, "freeze_baseline")
    keys = keys_of(form)
    data = {**lines.order, "through": first(form, "through")}
    try:
        visit.run(slug, "freeze_baseline", data, keys=Keys(keys.command_id), reason=first(form, "reason"))
    except (PathwaysError, StatesError) as error:
        found = faults_of(visit, error, _labels(visit, ("through",)), period="through")
        return _freeze_page(visit, lines, form, faults=found, keys=keys)
    return visit.redirect(lines.back, "web.measuring.told_frozen")


@router.get("/nya-linjer")
def ask_reset(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Ask the four questions, from which period and why."""
    lines = _lines(visit, slug, indicator, "reset_phase")
    reset = show(lines.series, day=visit.today).judgement.reset
    starts = label(reset.since, lines.series.settings.every) if reset is not None else ""
    begins: dict[str, Sequence[str]] = {"cause": ["reset"], "starts": [starts]}
    if (wish := _wish(visit, lines)) is not None:
        begins |= wish.answers(is_sustained=reset is not None, is_wanted=reset is not None and bool(reset.desired))
    return _reset_page(visit, lines, begins, faults={}, keys=Keys())


@router.post("/nya-linjer")
def reset(visit: VisitDep, slug: str, indicator: str, form: FormDep) -> Response:
    """Set the lines anew; 422 where any answer is not yes, or the period does not fit."""
    lines = _lines(visit, slug, indicator, "reset_phase")
    keys = keys_of(form)
    answers = {name: first(form, name) == YES for name in QUESTIONS if first(form, name)}
    data = {**lines.order, "starts": first(form, "starts"), "cause": first(form, "cause"), **answers}
    try:
        visit.run(slug, "reset_phase", data, keys=Keys(keys.command_id), reason=first(form, "reason"))
    except (PathwaysError, StatesError) as error:
        found = faults_of(visit, error, _labels(visit, ("starts", "cause", *QUESTIONS)), period="starts")
        return _reset_page(visit, lines, form, faults=found, keys=keys)
    wish = _wish(visit, lines)
    back = f"/forlopp/{slug}/loop/{wish.loop}/avstamning#linjer" if wish is not None else lines.back
    return visit.redirect(back, "web.measuring.told_reset")


@router.get("/ta-tillbaka")
def ask_take_back(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Tell which decision would be taken back, and ask why."""
    lines = _lines(visit, slug, indicator, "take_back_phase")
    return _take_back_page(visit, lines, {}, faults={}, keys=Keys())


@router.post("/ta-tillbaka")
def take_back(visit: VisitDep, slug: str, indicator: str, form: FormDep) -> Response:
    """Take the last decision back, as an event of its own; 422 without a reason."""
    lines = _lines(visit, slug, indicator, "take_back_phase")
    keys = keys_of(form)
    try:
        visit.run(slug, "take_back_phase", lines.order, keys=Keys(keys.command_id), reason=first(form, "reason"))
    except (PathwaysError, StatesError) as error:
        return _take_back_page(visit, lines, form, faults=faults_of(visit, error, {}), keys=keys)
    return visit.redirect(lines.back, "web.measuring.told_taken_back")


def _lines(visit: Visit, slug: str, indicator: str, action: str) -> Lines:
    with visit.read() as work:
        looked = look(visit, work, slug, back=False)
        require_in(visit, action, looked.case)
        view = get_indicator(looked, indicator)
        if view.is_retired:
            raise NotFound
        return Lines(looked, chosen_series(visit, looked, view))


def _wish(visit: Visit, lines: Lines) -> Wish | None:
    """Return what the review that led here said, if one did."""
    return wish_of(visit, lines.looked, lines.series.indicator.slug, lines.series.unit_id)


def _before_live(lines: Lines) -> str:
    """Return the last period that was over before the first activity went live, or the newest one."""
    every, final = lines.series.settings.every, lines.final
    if not final:
        return ""
    live = lines.series.live_on
    before = [period for period in final if live is None or period <= step(begin(live, every), every, -1)]
    return label((before or final)[-1], every)


def _freeze_page(visit: Visit, lines: Lines, typed: Typed, *, faults: Mapping[str, str], keys: Keys) -> Response:
    say, series = visit.texts.say, lines.series
    fields = [
        Field(name="through", label=say("web.measuring.field.through"), help=say("web.measuring.help.through")),
        _why(visit, "web.measuring.help.freeze_why"),
    ]
    live = series.live_on
    facts = [
        (say("web.measuring.final_values"), len(lines.final)),
        (say("web.measuring.first_live"), visit.formats.day(live) if live else say("web.measuring.not_live")),
    ]
    notes = [("warn", say("web.measuring.few_points", n=len(lines.final), needed=NEEDED, wanted=WANTED))]
    return _form(
        visit,
        lines,
        "freeze",
        way="utgangslage",
        groups=[("", [one.filled(typed, faults) for one in fields])],
        faults=faults,
        keys=keys,
        facts=facts,
        notes=notes if len(lines.final) < WANTED else [],
    )


def _reset_page(visit: Visit, lines: Lines, typed: Typed, *, faults: Mapping[str, str], keys: Keys) -> Response:
    say = visit.texts.say
    causes = tuple(
        Option(value=one, label=say(f"web.measuring.cause.{one}"), hint=say(f"web.measuring.cause_hint.{one}"))
        for one in ("reset", "definition")
    )
    yes_no = tuple(Option(value=one, label=say(f"web.measuring.answer.{one}")) for one in (YES, "no"))
    what = [
        Field(name="cause", label=say("web.measuring.field.cause"), kind="radios", options=causes),
        Field(name="starts", label=say("web.measuring.field.starts"), help=say("web.measuring.help.starts")),
        _why(visit, "web.measuring.help.reset_why"),
    ]
    questions = [
        Field(name=name, label=say(f"web.measuring.field.{name}"), kind="radios", options=yes_no) for name in QUESTIONS
    ]
    wish = _wish(visit, lines)
    return _form(
        visit,
        lines,
        "reset",
        way="nya-linjer",
        asked=f"{LOOP}={wish.loop}" if wish is not None else "",
        notes=[("info", say("web.measuring.from_review", number=wish.loop))] if wish is not None else [],
        groups=[
            ("", [one.filled(typed, faults) for one in what]),
            (say("web.measuring.four_questions"), [one.filled(typed, faults) for one in questions]),
        ],
        faults=faults,
        keys=keys,
    )


def _take_back_page(visit: Visit, lines: Lines, typed: Typed, *, faults: Mapping[str, str], keys: Keys) -> Response:
    say, rows = visit.texts.say, lines.series.phase_rows
    facts: list[tuple[str, object]] = []
    if rows:
        last = rows[-1]
        frozen = last["frozen_through"]
        what = "web.measuring.last_frozen" if frozen else f"web.measuring.phase.{last['cause']}"
        told = say(what, period=period_words(visit, lines.series, frozen or last["starts"]))
        facts = [(say("web.measuring.last_decision"), told)]
    fields = [_why(visit, "").filled(typed, faults)]
    return _form(
        visit,
        lines,
        "take_back",
        way="ta-tillbaka",
        groups=[("", fields)],
        faults=faults,
        keys=keys,
        facts=facts,
        danger=True,
    )


def _form(
    visit: Visit,
    lines: Lines,
    name: str,
    *,
    way: str,
    groups: Sequence[tuple[str, Sequence[Field]]],
    faults: Mapping[str, str],
    keys: Keys,
    facts: Sequence[tuple[str, object]] = (),
    notes: Sequence[tuple[str, str]] = (),
    danger: bool = False,
    asked: str = "",
) -> Response:
    say, series = visit.texts.say, lines.series
    place = series.place or say("web.measuring.whole_region")
    form = MeasuringForm(
        heading=say(f"web.measuring.{name}"),
        intro=say(f"web.measuring.{name}_intro"),
        kicker=f"{series.indicator.name} · {place}",
        action=f"{lines.root}/{way}{lines.query}{'&' if lines.query and asked else '?' if asked else ''}{asked}",
        groups=groups,
        above=(lines.back, series.indicator.name),
        button=say(f"web.measuring.{name}"),
        back=lines.back,
        danger=danger,
        facts=facts,
        notes=notes,
    )
    return show_form(visit, lines.looked, form, faults=faults, keys=keys)


def _why(visit: Visit, helped: str) -> Field:
    say = visit.texts.say
    label_ = say("web.measuring.field.reason")
    return Field(name="reason", label=label_, help=say(helped) if helped else "", kind="area", max_length=LONGEST)


def _labels(visit: Visit, names: Sequence[str]) -> dict[str, str]:
    return {name: visit.texts.say(f"web.measuring.field.{name}") for name in names}
