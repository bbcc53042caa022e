"""`/forlopp.xlsx`, `.csv` and `.json`: the rows that the board shows, in the same view, as a file."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from pathways.documents.table_export import CSV, XLSX, Cell, Sheet, write_csv, write_xlsx
from pathways.queries.as_json import status_json
from pathways.queries.board_page import BoardLine
from pathways.queries.usual import Usual
from pathways.web.board_address import BOARD, address_of
from pathways.web.board_form import describe
from pathways.web.board_shown import Shown, read_shown
from pathways.web.board_words import all_holders
from pathways.web.visit import Visit, VisitDep
from states.snapshot import ENDED, Standing

router = APIRouter()
COLUMNS = (
    "pathway",
    "phase",
    "stage",
    "days",
    "usual",
    "known_from",
    "holder",
    "next",
    "next_what",
    "late_tasks",
    "address",
)


@router.get(f"{BOARD}.xlsx")
def send_xlsx(visit: VisitDep) -> Response:
    """Send the view as an Excel workbook."""
    return _send(visit, "xlsx")


@router.get(f"{BOARD}.csv")
def send_csv(visit: VisitDep) -> Response:
    """Send the view as CSV."""
    return _send(visit, "csv")


@router.get(f"{BOARD}.json")
def send_json(visit: VisitDep) -> Response:
    """Send the view as JSON, for programs."""
    return _send(visit, "json")


def _send(visit: Visit, kind: str) -> Response:
    """Send a file; an address that cannot be used leads to the page that says what is wrong with it."""
    visit.require("export")
    shown = read_shown(visit)
    if shown.asked.errors:
        return RedirectResponse(f"{BOARD}?{visit.request.url.query}", status_code=303)
    if kind == "json":
        return _named(JSONResponse(_record(visit, shown)), visit, shown, kind)
    sheet = build_sheet(visit, shown)
    made = (write_xlsx(sheet), XLSX) if kind == "xlsx" else (write_csv(sheet), CSV)
    return _named(Response(made[0], media_type=made[1]), visit, shown, kind)


def build_sheet(visit: Visit, shown: Shown) -> Sheet:
    """Return the view as a table, with the region, the day and the selection that it is of."""
    return Sheet(
        title=visit.texts.say("web.board.sheet"),
        facts=[(visit.texts.word("web.board.fact", name), value) for name, value in _facts(visit, shown)],
        headings=[visit.texts.word("web.board.column", column) for column in COLUMNS],
        rows=[_row(visit, line) for line in shown.lines],
    )


def _facts(visit: Visit, shown: Shown) -> Iterator[tuple[str, str]]:
    yield "region", visit.visitor.region_name
    yield "day", (shown.asked.day or visit.today).isoformat()
    yield "filter", describe(visit, shown.asked)
    yield "made", visit.formats.moment(visit.now)
    if visit.visitor.origin != "real":
        yield "example", visit.texts.say("web.board.example_data")


def _row(visit: Visit, line: BoardLine) -> list[Cell]:
    row, words, usual = line.row, visit.texts, _usual(line)
    has_ended = row.standing in ENDED
    return [
        row.pathway if row.number == 1 else f"{row.pathway} {words.say('web.board.number', number=row.number)}",
        words.word("phase", row.phase),
        words.word("state", row.place),
        None if has_ended else row.days_in_phase,
        usual.days if usual else None,
        usual.introductions if usual else None,
        all_holders(visit, line),
        row.next_due,
        visit.wording.due(row.next_due_what) if row.next_due else "",
        row.late,
        f"{visit.config.base_url}{BOARD}{line.path}",
    ]


def _usual(line: BoardLine) -> Usual | None:
    """Return what is usual for what is under way; what rests or has ended is held against nothing."""
    return line.usual if line.row.standing == Standing.ACTIVE else None


def _record(visit: Visit, shown: Shown) -> dict[str, object]:
    rows = status_json(line.row for line in shown.lines)
    usual = [_usual(line) for line in shown.lines]
    return {
        "region": visit.visitor.region_code,
        "as_of": (shown.asked.day or visit.today).isoformat(),
        "view": address_of(BOARD, shown.asked),
        "introductions": [
            {**row, "usual": {"days": known.days, "introductions": known.introductions} if known else None}
            for row, known in zip(rows, usual, strict=True)
        ],
    }


def _named(answer: Response, visit: Visit, shown: Shown, kind: str) -> Response:
    day = (shown.asked.day or visit.today).isoformat()
    name = f"forlopp-{visit.visitor.region_code.lower()}-{day}.{kind}"
    answer.headers["content-disposition"] = f'attachment; filename="{name}"'
    return answer
