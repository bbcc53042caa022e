"""Read people and units from a table: every row is checked first, and either all of them are written or none.

A person is known again by the address, a unit by its name, so that the same file can be read twice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from pathways.locale import LANGUAGES
from pathways.models.organisation import Person, Unit, UnitKind
from pathways.profiles.vocabulary import Role
from pathways.reading.tables import ReadTable, TableRow
from pathways.services.administration.office import Office
from pathways.services.administration.people import GIVEN, PersonForm, add_person, change_person, is_address, roles_held
from pathways.services.administration.units import UnitForm, add_unit, change_unit
from pathways.storage.unit_of_work import Row, table_of

_person, _unit = table_of(Person), table_of(Unit)
PEOPLE, UNITS = "people", "units"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    PEOPLE: ("name", "address", "language", "unit", "roles"),
    UNITS: ("name", "kind"),
}
REQUIRED: Mapping[str, frozenset[str]] = {PEOPLE: frozenset({"name", "address"}), UNITS: frozenset({"name", "kind"})}
NEW, CHANGED, SAME = "new", "changed", "same"
Word = Callable[[str, str], str]
"""Gives the reader's word for a member of a family: `word("role", "head")`."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell: the row's number as Excel shows it, the column, the sentence and its values."""

    row: int
    column: str
    sentence: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do."""

    row: int
    what: str
    slug: str
    form: PersonForm | UnitForm


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a table would do, or what is wrong with it; with a problem anywhere nothing can be written."""

    kind: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[CellProblem, ...]


def plan_import(office: Office, kind: str, table: ReadTable, *, word: Word) -> ImportPlan:
    """Return what a table of people or units would do. `word` gives the words that its cells may hold."""
    office.permit("manage_people" if kind == PEOPLE else "manage_units")
    order = _order_of(kind, table.heads, word)
    missing = sorted(REQUIRED[kind] - set(order))
    if missing:
        expected = ", ".join(word("column", name) for name in COLUMNS[kind])
        problems = [CellProblem(1, name, "import.column_missing", {"expected": expected}) for name in missing]
        return ImportPlan(kind, (), tuple(problems))
    cells, known = [(row, _cells(row, order)) for row in table.rows], _Known(office)
    problems = [one for row, found in cells for one in _problems(known, kind, row, found, word)]
    problems += _repeated(kind, cells)
    if problems:
        return ImportPlan(kind, (), tuple(sorted(problems, key=lambda one: one.row)))
    plan = _plan_person if kind == PEOPLE else _plan_unit
    return ImportPlan(kind, tuple(plan(known, row, found, word) for row, found in cells), ())


def write_import(office: Office, plan: ImportPlan) -> int:
    """Write what was planned, in the same transaction as the plan, and return how many rows changed anything."""
    assert not plan.problems
    done = [one for one in plan.rows if one.what != SAME]
    for one in done:
        if isinstance(one.form, PersonForm):
            change_person(office, one.slug, one.form) if one.what == CHANGED else add_person(office, one.form)
        else:
            change_unit(office, one.slug, one.form) if one.what == CHANGED else add_unit(office, one.form)
    office.record({PEOPLE: "import_people", UNITS: "import_units"}[plan.kind], str(len(done)))
    return len(done)


def _order_of(kind: str, heads: tuple[str, ...], word: Word) -> dict[str, int]:
    """Return where each column stands; heads are known by their word or their own name, in any case."""
    known = {head.casefold(): place for place, head in enumerate(heads)}
    places = {name: known.get(word("column", name).casefold(), known.get(name)) for name in COLUMNS[kind]}
    return {name: place for name, place in places.items() if place is not None}


def _cells(row: TableRow, order: Mapping[str, int]) -> dict[str, str]:
    return {name: row.cells[place] if place < len(row.cells) else "" for name, place in order.items()}


def _problems(known: "_Known", kind: str, row: TableRow, cells: Mapping[str, str], word: Word) -> Iterator[CellProblem]:
    for name in sorted(REQUIRED[kind]):
        if not cells[name]:
            yield CellProblem(row.number, name, "import.empty", {})
    if kind == UNITS:
        if cells["kind"] and _member(cells["kind"], "unit_kind", list(UnitKind), word) is None:
            yield _unknown(row, "kind", cells["kind"], "unit_kind", list(UnitKind), word)
        return
    if cells["address"] and not is_address(cells["address"]):
        yield CellProblem(row.number, "address", "import.address", {"given": cells["address"][:60]})
    language = cells.get("language", "")
    if language and _member(language, "language", list(LANGUAGES), word) is None:
        yield _unknown(row, "language", language, "language", list(LANGUAGES), word)
    if cells.get("unit") and known.unit(cells["unit"]) is None:
        yield CellProblem(row.number, "unit", "import.unit", {"given": cells["unit"][:60]})
    for role in _parts(cells.get("roles", "")):
        if _member(role, "role", list(GIVEN), word) is None:
            yield _unknown(row, "roles", role, "role", list(GIVEN), word)


def _repeated(kind: str, cells: list[tuple[TableRow, dict[str, str]]]) -> Iterator[CellProblem]:
    column, seen = ("address" if kind == PEOPLE else "name"), dict[str, int]()
    for row, found in cells:
        key = found[column].casefold()
        if key and key in seen:
            yield CellProblem(row.number, column, "import.repeated", {"row": seen[key]})
        seen.setdefault(key, row.number)


def _unknown(
    row: TableRow, column: str, given: str, family: str, members: list[str] | list[Role] | list[UnitKind], word: Word
) -> CellProblem:
    expected = ", ".join(word(family, str(member)) for member in members)
    return CellProblem(row.number, column, "import.unknown_word", {"given": given[:60], "expected": expected})


def _member(given: str, family: str, members: list[str] | list[Role] | list[UnitKind], word: Word) -> str | None:
    wanted = given.casefold()
    for member in members:
        if wanted in {str(member).casefold(), word(family, str(member)).casefold()}:
            return str(member)
    return None


def _plan_person(known: "_Known", row: TableRow, cells: Mapping[str, str], word: Word) -> PlannedRow:
    there = known.person(cells["address"])
    unit = known.unit(cells.get("unit", ""))
    roles = {Role(str(_member(one, "role", list(GIVEN), word))) for one in _parts(cells.get("roles", ""))}
    form = PersonForm(
        name=cells["name"],
        address=cells["address"],
        language=_member(cells.get("language", ""), "language", list(LANGUAGES), word) or LANGUAGES[0],
        unit=unit["slug"] if unit else None,
        roles=frozenset(roles),
    )
    if there is None:
        return PlannedRow(row.number, NEW, "", form)
    return PlannedRow(row.number, *_against(known, there, form, cells))


def _against(known: "_Known", there: Row, form: PersonForm, cells: Mapping[str, str]) -> tuple[str, str, PersonForm]:
    """Columns that the file does not have leave what stands as it is."""
    held, stands = roles_held(known.office, there["id"]), known.unit_slug(there["unit_id"])
    form = replace(
        form,
        roles=form.roles if "roles" in cells else held,
        unit=form.unit if "unit" in cells else stands,
        language=form.language if cells.get("language") else there["language"],
        address=there["address"],
    )
    same = (form.name, form.language, form.unit, form.roles) == (there["name"], there["language"], stands, held)
    return (SAME if same else CHANGED), there["slug"], form


def _plan_unit(known: "_Known", row: TableRow, cells: Mapping[str, str], word: Word) -> PlannedRow:
    kind = UnitKind(str(_member(cells["kind"], "unit_kind", list(UnitKind), word)))
    form, there = UnitForm(name=cells["name"], kind=kind), known.unit(cells["name"])
    if there is None:
        return PlannedRow(row.number, NEW, "", form)
    same = there["kind"] == kind and there["active"]
    return PlannedRow(row.number, SAME if same else CHANGED, there["slug"], form)


class _Known:
    """Who and what is there already, read once for the whole table."""

    def __init__(self, office: Office) -> None:
        self.office = office
        mine = office.work.rows(select(_person).where(_person.c.region_id == office.region_id))
        self._people = {_plain(row["address"] or ""): row for row in mine if row["address"]}
        self._units = office.work.rows(select(_unit).where(_unit.c.region_id == office.region_id))
        self._named = {name: row for row in self._units for name in (row["slug"], row["name"].casefold())}

    def person(self, address: str) -> Row | None:
        """Return who has this address."""
        return self._people.get(_plain(address))

    def unit(self, name: str) -> Row | None:
        """Return the unit of this name."""
        return self._named.get(name.casefold())

    def unit_slug(self, unit_id: int | None) -> str | None:
        """Return the slug of a person's unit."""
        return next((row["slug"] for row in self._units if row["id"] == unit_id), None)


def _plain(address: str) -> str:
    return address.removeprefix("mailto://").casefold()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
