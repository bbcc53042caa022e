"""Each kind of document says what the data say, in both languages, and names roles rather than persons."""

import re
from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.documents.paper import Bullets, Facts, Figure, Heading, PageBreak, Paper, Paragraph, Table
from pathways.models.document import DocumentKind
from pathways.queries.papers.state_report import Occasion, Report, read_report
from pathways.services.document.built import Built
from pathways.services.document.write_words import write_words
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import CAST
from tests.pathways.services.document.desk import Desk
from tests.pathways.services.judge import CONSULTED, publish

KINDS = (
    (DocumentKind.DECISION_BASIS, "sepsis", ""),
    (DocumentKind.CONSULTATION_RESPONSE, "sepsis", ""),
    (DocumentKind.ACTION_PLAN, "sepsis", ""),
    (DocumentKind.STATUS_LETTER, "sepsis", "vc-falun"),
    (DocumentKind.STATE_REPORT, None, "interim-2021"),
    (DocumentKind.STATE_REPORT, None, "yearly-2021"),
)


def words_in(paper: Paper) -> str:
    """Everything a paper says, a line for each piece."""
    said = [paper.title, paper.subtitle, paper.note, paper.footer]
    for block in paper.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                said.append(text)
            case Bullets(items=items):
                said += items
            case Facts(pairs=pairs):
                said += [f"{name}: {value}" for name, value in pairs]
            case Table():
                said += [block.caption, " | ".join(block.heads), *(" | ".join(row) for row in block.rows)]
            case Figure() | PageBreak():
                said.append(getattr(block, "alt", ""))
    return "\n".join(said)


def built(desk: Desk, kind: DocumentKind, slug: str | None = "sepsis", about: str = "", language: str = "sv") -> Built:
    row = desk.row(desk.begin(kind, slug, about))
    with desk.app.read() as work:
        return desk.build(language)(work, row)


def table_of(paper: Paper, caption: str) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table) and caption in block.caption)


@pytest.fixture
def desk(app: App, clock: SetClock) -> Desk:
    """The coordinator, with a plan that waits for the board."""
    drive_to(app, clock, "sepsis", "awaiting_decision")
    return Desk(app, clock)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("kind", "slug", "about"), KINDS)
def test_every_kind_is_built_in_both_languages_and_tables_are_whole(
    desk: Desk, kind: DocumentKind, slug: str | None, about: str, language: str
) -> None:
    paper = built(desk, kind, slug, about, language).paper
    assert paper.language == language
    assert paper.note == {"sv": "Arbetsmaterial", "en": "Working paper"}[language]
    for block in paper.blocks:
        if isinstance(block, Table):
            assert all(len(row) == len(block.heads) for row in block.rows)
    assert "%(" not in words_in(paper)


@pytest.mark.parametrize(("kind", "slug", "about"), KINDS[1:])
def test_a_document_names_roles_and_units_and_no_persons(
    desk: Desk, kind: DocumentKind, slug: str | None, about: str
) -> None:
    said = words_in(built(desk, kind, slug, about).paper)
    assert not [person.name for person in CAST if person.name in said]


def test_the_decision_basis_has_every_part_that_the_board_needs(desk: Desk) -> None:
    made = built(desk, DocumentKind.DECISION_BASIS)
    headings = [block.text for block in made.paper.blocks if isinstance(block, Heading)]
    assert headings == [
        *("Förslag till beslut", "Sammanfattning", "Bakgrund", "Gapbilden", "Rangordnad plan med kostnader"),
        *("Det som väljs bort", "Konsekvenser"),
    ]
    gaps = table_of(made.paper, "Antal enheter per svar")
    assert [sum(int(cell) for cell in row[1:]) for row in gaps.rows] == [2] * len(gaps.rows)
    assert table_of(made.paper, "Aktiviteter med ansvarig").rows[0][1] == "1"
    assert [one.sentence for one in made.missing] == ["error.document_no_proposal"]


def test_a_basis_without_a_text_is_not_ready(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "ranking")
    missing = built(Desk(app, clock), DocumentKind.DECISION_BASIS, "kol").missing
    assert [one.sentence for one in missing] == ["error.document_no_basis"]


def test_the_response_tells_the_gaps_against_the_consultation_version(app: App, clock: SetClock) -> None:
    publish(app, ("remiss 2021", "consultation"))
    driver = Driver(app, clock, CONSULTED)
    driver.do("start")
    driver.prepare()
    driver.analyse()
    desk = Desk(app, clock)
    document_id = desk.begin(DocumentKind.CONSULTATION_RESPONSE, CONSULTED)
    desk.do(lambda office: write_words(office, document_id, {"summary": "Vi ställer oss bakom.\n\n- Ett\n- Två"}))
    with app.read() as work:
        made = desk.build()(work, desk.row(document_id))
    said = words_in(made.paper)
    assert made.missing == ()
    assert "remiss 2021" in said
    assert "Vi ställer oss bakom." in said
    assert Bullets(items=("Ett", "Två")) in made.paper.blocks
    assert re.search(r"\d\. .*: 2 av 2 enheter har ett måttligt eller stort gap", said)


def test_the_action_plan_has_a_row_for_each_activity_with_the_role_that_answers(desk: Desk) -> None:
    made = built(desk, DocumentKind.ACTION_PLAN)
    table = table_of(made.paper, "Aktiviteter med ansvarig")
    assert len(table.heads) == 9
    assert len(table.rows) >= 2
    assert {row[3] for row in table.rows} == {"Utvecklingsresurs"}
    assert made.missing == ()


def test_a_late_activity_says_so_in_words(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "sepsis", "executing")
    clock.set(clock.now() + timedelta(days=700))
    assert ", sen" in words_in(built(Desk(app, clock), DocumentKind.ACTION_PLAN).paper)


def test_the_letter_is_to_one_unit_and_about_what_that_unit_has_open(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "sepsis", "executing")
    desk = Desk(app, clock)
    letter = built(desk, DocumentKind.STATUS_LETTER, about="vc-falun").paper
    said = words_in(letter)
    assert letter.subtitle == "Vårdcentralen Falun"
    assert "Gå igenom planen på enheten, senast" in said
    assert "Medicinkliniken" not in said
    assert "Nästa datum" in said


def test_the_state_report_counts_what_happened_in_the_year(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "sepsis", "finished")
    year = Desk(app, clock).today.year
    figures = figures_in(Desk(app, clock), f"yearly-{year}")
    assert figures["Pågående införanden"] == "1"
    assert figures["Införda vårdförlopp"] == "1"
    earlier = figures_in(Desk(app, clock), "yearly-2020")
    assert earlier["Påbörjade införanden"] == "0"
    assert earlier["Införda vårdförlopp"] == "0"


def figures_in(desk: Desk, about: str) -> dict[str, str]:
    table = table_of(built(desk, DocumentKind.STATE_REPORT, None, about).paper, "siffror")
    return {name: count for name, count in table.rows}  # noqa: C416 - a row is a pair here, and only here


@pytest.mark.parametrize(
    ("about", "due", "until"),
    [("interim-2026", "2026-09-30", "2026-08-31"), ("yearly-2026", "2027-03-31", "2026-12-31")],
)
def test_the_two_reports_have_their_days(about: str, due: str, until: str) -> None:
    report = read_report(about)
    assert report == Report(Occasion(about.split("-", maxsplit=1)[0]), 2026)
    assert (report.due_on.isoformat(), report.until.isoformat(), report.since.isoformat()) == (due, until, "2026-01-01")
