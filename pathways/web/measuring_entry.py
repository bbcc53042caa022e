"""Values on their way in: what was typed, pasted or sent as a file, held against what stands, and told row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from pathways.measurement.series import PointState
from pathways.queries.series import IndicatorView
from pathways.reading.tables import ZIP, ReadTable, read_table
from pathways.services.measure.checks import CellProblem, PlannedValue, ValuePlan
from pathways.services.measure.figures import Decimal
from pathways.services.measure.periods import read_period
from pathways.services.measure.record_values import MOST
from pathways.services.measure.table import Line, Reading, TableAsk, lines_of, read_lines
from pathways.storage.unit_of_work import Row
from pathways.web.forms import YES, first
from pathways.web.measuring_read import Looked
from pathways.web.upload import Upload
from pathways.web.visit import Visit

FORM, PASTE, FILE = "form", "paste", "file"
WAYS: Final = (FORM, PASTE, FILE)
KEPT = ("way", "unit", "first", "state", "decimal", "parts")
HEADS = "Period\tTäljare\tNämnare\tVärde"
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What came in: how, the rows as text, the answers around them, and what each row would do.

    `faults` are those of the questions around the rows.
    """

    way: str
    text: str
    reading: Reading
    kept: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> ValuePlan:
        """Return what the rows would do."""
        return self.reading.plan

    @property
    def has_parts(self) -> bool:
        """Say whether the shares seem to be written as parts of one."""
        return any(warning.sentence == "order.share_as_part" for warning in self.plan.warnings)

    @property
    def is_right(self) -> bool:
        """Say whether it could be stored."""
        return not self.faults and not self.plan.problems

    @property
    def fingerprint(self) -> str:
        """Return what changes when the same rows would do something else."""
        told = [
            (row.unit_id, row.period, row.value, str(row.state), row.what, row.replaces["ref"] if row.replaces else "")
            for row in self.plan.rows
        ]
        return sha256(repr(told).encode()).hexdigest()[:32]


def read_entry(
    visit: Visit, looked: Looked, view: IndicatorView, upload: Upload, allowed: tuple[Sequence[Row], bool]
) -> Entry:
    """Return what came in and what it would do; `allowed`: the units the visitor may enter, and if the region too."""
    typed = upload.fields
    asked = FILE if upload.is_too_large else first(typed, "way")
    way = asked if asked in WAYS else FORM
    lines, text, fault = _lines(visit, typed, upload, way)
    kept = {name: first(typed, name) for name in KEPT} | {"way": way}
    ask, faults = _ask(visit, view, kept)
    if fault:
        faults |= fault
    if upload.content.startswith(ZIP) or kept["decimal"] == Decimal.EITHER:
        ask, kept = replace(ask, decimal=Decimal.EITHER), {**kept, "decimal": str(Decimal.EITHER)}
    if faults:
        return Entry(way=way, text=text, reading=Reading(ValuePlan(())), kept=kept, faults=faults)
    known = looked.measures.known(view, visit.today)
    reading = read_lines(known, lines, ask, _names(unit for unit in looked.measures.units.values() if unit["active"]))
    reading = replace(reading, plan=_within(reading.plan, allowed))
    return Entry(way=way, text=text, reading=reading, kept=kept)


def order_of(view: IndicatorView, entry: Entry) -> dict[str, object]:
    """Return the data of the command that stores what was shown."""
    return {"indicator": view.slug, "source": entry.way, "values": [_value_of(row) for row in entry.plan.written]}


def told(visit: Visit, problem: CellProblem) -> str:
    """Return a problem in words: row, column, and what is wrong there."""
    say = visit.texts.say
    what = say(problem.sentence, **problem.values)
    if not problem.row:
        return what[:1].upper() + what[1:]
    column = say(f"web.measuring.column.{problem.column}")
    return say("web.measuring.row_problem", row=problem.row, column=column, what=what)


def _value_of(row: PlannedValue) -> dict[str, object]:
    state = PointState.PRELIMINARY if row.state is PointState.PRELIMINARY else PointState.FINAL
    given: dict[str, object] = {"period": row.period.isoformat(), "state": str(state)}
    if row.unit is not None:
        given["unit"] = row.unit
    if row.denominator is None:
        return {**given, "value": row.value}
    return {**given, "numerator": row.numerator, "denominator": row.denominator}


def _lines(visit: Visit, typed: Typed, upload: Upload, way: str) -> tuple[list[Line], str, dict[str, str]]:
    """Return the rows, the same as text, and what is wrong with the file."""
    text = (typed.get("rows") or [""])[0]
    if way == FORM and not text:
        cells = [first(typed, name).replace("\t", " ") for name in ("period", "numerator", "denominator", "value")]
        text = f"{HEADS}\n" + "\t".join(cells)
        return lines_of(text), text, {}
    if way == PASTE or (text and not upload.content):
        return lines_of(text), text, {}
    if upload.is_too_large or not upload.content:
        sentence = "web.measuring.file_too_large" if upload.is_too_large else "web.measuring.file_missing"
        return [], "", {"file": visit.texts.say(sentence)}
    table = read_table(upload.content)
    return _table_lines(table), _table_text(table), {}


def _table_lines(table: ReadTable) -> list[Line]:
    return [Line(1, table.heads), *(Line(row.number, row.cells) for row in table.rows)]


def _table_text(table: ReadTable) -> str:
    return "\n".join("\t".join(cells) for cells in (table.heads, *(row.cells for row in table.rows)))


def _ask(visit: Visit, view: IndicatorView, kept: Mapping[str, str]) -> tuple[TableAsk, dict[str, str]]:
    faults: dict[str, str] = {}
    begins = None
    if kept["first"]:
        try:
            begins = read_period(kept["first"], view.settings.every)
        except ValueError:
            faults["first"] = visit.texts.say("web.measuring.no_first", given=kept["first"][:40])
    state = PointState.PRELIMINARY if kept["state"] == PointState.PRELIMINARY else PointState.FINAL
    decimal = Decimal.POINT if kept["decimal"] == Decimal.POINT else Decimal.COMMA
    parts = view.settings.share and kept["parts"] == YES
    return TableAsk(unit=kept["unit"] or None, first=begins, state=state, decimal=decimal, parts=parts), faults


def _names(units: Iterable[Row]) -> dict[str, str]:
    return {name.casefold(): str(unit["slug"]) for unit in units for name in (str(unit["slug"]), str(unit["name"]))}


def _within(plan: ValuePlan, allowed: tuple[Sequence[Row], bool]) -> ValuePlan:
    """Return the plan, with a problem for every row that is not the visitor's to enter, or where there are too many."""
    units, whole_region = allowed
    mine = {str(unit["slug"]) for unit in units}
    strange = [
        CellProblem(row.row, "unit", "order.unit_not_yours")
        for row in plan.rows
        if not (whole_region or row.unit in mine)
    ]
    if len(plan.written) > MOST:
        strange.append(CellProblem(0, "value", "order.too_many_values", {"n": MOST}))
    return replace(plan, rows=(), problems=tuple(strange)) if strange else plan
