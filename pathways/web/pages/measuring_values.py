"""`/forlopp/{slug}/matning/{indicator}/varden`: values typed, pasted or sent as a file; shown first, then stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError, Refused
from pathways.queries.series import IndicatorView
from pathways.services.measure.checks import SAME, CellProblem
from pathways.services.measure.figures import Decimal
from pathways.services.measure.periods import label, next_period
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.measuring_entry import FILE, FORM, PASTE, WAYS, Entry, order_of, read_entry, told
from pathways.web.measuring_read import UNIT, Looked, get_indicator, look, units_to_enter
from pathways.web.measuring_shown import words_of
from pathways.web.upload import Upload, UploadDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/matning/{indicator}/varden")
WAY = "satt"
MOST_TOLD = 40
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """An indicator whose values the visitor may enter: in which units, and if the whole region's too."""

    looked: Looked
    view: IndicatorView
    units: tuple[Row, ...]
    whole_region: bool

    @property
    def root(self) -> str:
        """Return the indicator's address."""
        return f"/forlopp/{self.looked.measures.head.slug}/matning/{self.view.slug}"


@router.get("")
def ask(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Ask for one period's value, a pasted column or a file, as the address says."""
    way = visit.request.query_params.get(WAY, FORM)
    with visit.read() as work:
        desk = _desk(visit, work, slug, indicator)
    typed = _usual(visit, desk, way, visit.request.query_params.get(UNIT, ""))
    return _page(visit, desk, way if way in WAYS else FORM, typed)


@router.post("")
def check(visit: VisitDep, slug: str, indicator: str, upload: UploadDep) -> Response:
    """Show what the values would do, row by row; or everything that is wrong with them. Nothing is stored."""
    with visit.read() as work:
        desk = _desk(visit, work, slug, indicator)
    try:
        entry = _read(visit, desk, upload)
    except PathwaysError as error:
        words = visit.wording.sentence(error.sentence, error.values)
        return _page(visit, desk, FILE, upload.fields, faults={"file": words})
    if not entry.is_right:
        return _refuse(visit, desk, entry, upload.fields)
    return _preview(visit, desk, entry, Keys())


@router.get("/spara")
def begin_again(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Lead whoever comes back to the address of the confirmation, say by changing the language, to the form."""
    with visit.read() as work:
        desk = _desk(visit, work, slug, indicator)
    return visit.redirect(f"{desk.root}/varden")


@router.post("/spara")
def store(visit: VisitDep, slug: str, indicator: str, upload: UploadDep) -> Response:
    """Store what was shown; where it would do something else by now, that is shown first."""
    with visit.read() as work:
        desk = _desk(visit, work, slug, indicator)
    keys = keys_of(upload.fields)
    entry = _read(visit, desk, upload)
    if not entry.is_right or not entry.plan.written:
        return _refuse(visit, desk, entry, upload.fields) if not entry.is_right else _stored(visit, desk, entry, 0)
    if entry.fingerprint != first(upload.fields, "shown"):
        return _preview(visit, desk, entry, Keys(), meanwhile=True)
    reason = first(upload.fields, "reason")
    visit.run(slug, "record_values", order_of(desk.view, entry), keys=Keys(keys.command_id), reason=reason)
    return _stored(visit, desk, entry, len(entry.plan.written))


def _desk(visit: Visit, work: UnitOfWork, slug: str, indicator: str) -> Desk:
    looked = look(visit, work, slug, back=False)
    units, whole_region = units_to_enter(visit, looked)
    view = get_indicator(looked, indicator)
    if view.is_retired:
        raise Refused("error.indicator_retired", name=view.name, day=view.row["retired_on"].isoformat())
    return Desk(looked, view, units, whole_region)


def _read(visit: Visit, desk: Desk, upload: Upload) -> Entry:
    return read_entry(visit, desk.looked, desk.view, upload, (desk.units, desk.whole_region))


def _stored(visit: Visit, desk: Desk, entry: Entry, count: int) -> Response:
    unit = entry.kept["unit"]
    back = desk.root + (f"?{UNIT}={unit}" if unit else "")
    return visit.redirect(back, "web.measuring.stored" if count else "web.measuring.nothing_new", n=count)


def _usual(visit: Visit, desk: Desk, way: str, unit: str) -> dict[str, list[str]]:
    """Return what the form begins with: the unit of the page before, and the period that is most likely missing."""
    mine = {str(row["slug"]): int(row["id"]) for row in desk.units}
    chosen = unit if unit in mine else "" if desk.whole_region else next(iter(mine))
    series = desk.looked.measures.series(desk.view, mine.get(chosen))
    every = series.settings.every
    following = label(next_period(series.rows, every, visit.today), every)
    return {
        "unit": [chosen],
        "period": [following],
        "first": [following if way == PASTE else ""],
        "state": ["final"],
        "decimal": ["comma"],
    }


def _refuse(visit: Visit, desk: Desk, entry: Entry, typed: Typed) -> Response:
    """Answer with the form again, and everything that is wrong; what concerns its own questions stands beside them."""
    faults, others = dict(entry.faults), list[str]()
    asked = {one.name for one in _fields(visit, desk, entry.way, {}, {})}
    for problem in entry.plan.problems[:MOST_TOLD]:
        at = _field_of(problem, entry.way)
        words = told(visit, problem)
        if at in asked and at not in faults:
            faults[at] = _alone(visit, problem) if entry.way == FORM else words
        else:
            others.append(words)
    if (more := len(entry.plan.problems) - MOST_TOLD) > 0:
        others.append(visit.texts.say("web.measuring.more_problems", n=more))
    return _page(visit, desk, entry.way, typed, faults=faults, others=others, entry=entry)


def _field_of(problem: CellProblem, way: str) -> str:
    if way == FORM:
        return problem.column
    return "first" if problem.sentence == "order.first_period_missing" else ""


def _alone(visit: Visit, problem: CellProblem) -> str:
    words = visit.texts.say(problem.sentence, **problem.values)
    return visit.texts.say(
        "web.measuring.fault", label=visit.texts.say(f"web.measuring.column.{problem.column}"), told=words
    )


def _page(
    visit: Visit,
    desk: Desk,
    way: str,
    typed: Typed,
    *,
    faults: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
    entry: Entry | None = None,
) -> Response:
    faults = faults or {}
    fields = _fields(visit, desk, way, typed, faults)
    known = {one.name for one in fields}
    unit = first(typed, "unit")
    return visit.page(
        "measuring/enter.html",
        status=422 if faults or others else 200,
        **_frame(visit, desk),
        way=way,
        ways=[(one, f"{desk.root}/varden?{WAY}={one}{f'&{UNIT}={unit}' if unit else ''}") for one in WAYS],
        fields=fields,
        others=[*(text for name, text in faults.items() if name not in known), *others],
        entry=entry,
        points=_other_sign(entry),
        has_errors=bool(faults or others),
    )


def _other_sign(entry: Entry | None) -> str:
    """Return the decimal sign that the whole column seems to have, where it is another than was said."""
    if entry is None or entry.way == FORM:
        return ""
    return "point" if entry.reading.wants_point else "comma" if entry.reading.wants_comma else ""


def _preview(visit: Visit, desk: Desk, entry: Entry, keys: Keys, *, meanwhile: bool = False) -> Response:
    every, words = desk.view.settings.every, words_of(visit)
    warned: dict[int, list[str]] = {}
    for warning in entry.plan.warnings:
        warned.setdefault(warning.row, []).append(visit.texts.say(warning.sentence, **warning.values))
    names = {str(unit["slug"]): str(unit["name"]) for unit in desk.units}
    rows = [
        {
            "row": row.row,
            "place": names.get(row.unit or "", visit.texts.say("web.measuring.whole_region")),
            "period": words.period(row.period, every),
            "planned": row,
            "warnings": warned.get(row.row, ()),
        }
        for row in entry.plan.rows
    ]
    why = Field(
        name="reason",
        label=visit.texts.say("web.measuring.replace_why"),
        help=visit.texts.say("web.measuring.replace_why_help"),
        kind="area",
        required=False,
        rows=2,
        max_length=500,
    )
    return visit.page(
        "measuring/preview.html",
        status=200,
        **_frame(visit, desk),
        entry=entry,
        rows=rows,
        counts={what: sum(row.what == what for row in entry.plan.rows) for what in ("new", "replaced", SAME)},
        general=[one[:1].upper() + one[1:] for one in warned.get(0, ())],
        why=why,
        keys=keys,
        meanwhile=meanwhile,
    )


def _frame(visit: Visit, desk: Desk) -> dict[str, object]:
    head = desk.looked.measures.head
    return {
        "head": head,
        "view": desk.view,
        "root": f"/forlopp/{head.slug}/matning",
        "own": desk.root,
        "sections": list_sections(visit, head.slug, "/matning"),
    }


def _fields(visit: Visit, desk: Desk, way: str, typed: Typed, faults: Mapping[str, str]) -> list[Field]:
    say = visit.texts.say
    region = (Option(value="", label=say("web.measuring.whole_region")),) if desk.whole_region else ()
    units = tuple(Option(value=str(row["slug"]), label=str(row["name"])) for row in desk.units)
    states = tuple(
        Option(value=one, label=say(f"web.measuring.state.{one}"), hint=say(f"web.measuring.state_hint.{one}"))
        for one in ("final", "preliminary")
    )
    signs = tuple(
        Option(value=str(one), label=say(f"web.measuring.decimal.{one}")) for one in (Decimal.COMMA, Decimal.POINT)
    )
    unit_help = "" if way == FORM else say("web.measuring.help.entry_unit")
    fields = [
        Field(
            name="unit",
            label=say("web.measuring.field.entry_unit"),
            help=unit_help,
            kind="select",
            options=(*region, *units),
        ),
        *_figures(visit, desk, way),
        Field(name="state", label=say("web.measuring.field.state"), kind="radios", options=states),
    ]
    if way != FORM:
        fields.append(Field(name="decimal", label=say("web.measuring.field.decimal"), kind="radios", options=signs))
    return [one.filled(typed, faults) for one in fields]


def _figures(visit: Visit, desk: Desk, way: str) -> list[Field]:
    say, share = visit.texts.say, desk.view.settings.share
    period = label(next_period((), desk.view.settings.every, visit.today), desk.view.settings.every)
    if way == FORM:
        parts = [
            Field(name=name, label=say(f"web.measuring.field.{name}"), kind="number", required=False)
            for name in ("numerator", "denominator")
        ]
        value = say("web.measuring.field.value_in", unit=desk.view.unit)
        helped = say("web.measuring.help.value_of_share") if share else ""
        return [
            Field(
                name="period",
                label=say("web.measuring.field.period"),
                help=say("web.measuring.help.period", example=period),
            ),
            *(parts if share else ()),
            Field(name="value", label=value, help=helped, kind="number", required=not share),
        ]
    if way == PASTE:
        return [
            Field(
                name="first",
                label=say("web.measuring.field.first"),
                help=say("web.measuring.help.first", example=period),
                required=False,
            ),
            Field(
                name="rows",
                label=say("web.measuring.field.rows"),
                help=say("web.measuring.help.rows_share" if share else "web.measuring.help.rows"),
                kind="area",
                rows=12,
            ),
        ]
    return [
        Field(
            name="file",
            label=say("web.measuring.field.file"),
            help=say("web.measuring.help.file_share" if share else "web.measuring.help.file"),
            kind="file",
        )
    ]
