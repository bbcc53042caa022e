"""Which lines of the board are shown, and in which order: filters combine, and a Swedish reader finds å, ä and ö."""

from dataclasses import replace
from datetime import date

import pytest

from pathways.profiles.vocabulary import Role
from pathways.queries.board_choice import SORTS, Choice, Looker, choose, list_roles, summarise
from pathways.queries.board_page import BoardLine, cells_of
from pathways.queries.usual import Usual
from pathways.queries.views import BoardRow, Waiting

ROLES = {str(role): str(role) for role in Role}
NOBODY = Looker(person_id=0, roles=frozenset(), appointed=frozenset())
EMPTY = BoardRow(
    introduction_id=1,
    slug="kol",
    pathway="KOL",
    number=1,
    phase="preparation",
    place="preparation",
    standing="active",
    configuration=(),
    days_in_phase=10,
    waits_for=(),
    next_due=None,
    next_due_what="",
    late=0,
    version=1,
)


def line(pathway: str, usual: Usual | None = None, **values: object) -> BoardLine:
    row = replace(EMPTY, pathway=pathway, slug=pathway.lower(), **values)  # type: ignore[arg-type]  # names of its fields
    return BoardLine(row, usual, cells_of(row))


LINES = (
    line("Ångest", waits_for=(Waiting("coordinator", 7, "Sara Åkesson"),), days_in_phase=3, late=2),
    line("KOL", phase="gap_analysis", place="mapping", waits_for=(Waiting("lag_chair"),), next_due=date(2021, 7, 1)),
    line("Artros", phase="prioritisation", place="awaiting_decision", waits_for=(Waiting("registrar", 9, "Örjan Ek"),)),
    line("Osteoporos", phase="gap_analysis", place="paused", standing="paused", days_in_phase=90),
    line("Zoster", phase="finished", place="closed", standing="closed"),
    line("Ärr", phase="gap_analysis", place="stopped", standing="stopped", next_due=None),
)


def names(choice: Choice, looker: Looker = NOBODY) -> list[str]:
    return [one.row.pathway for one in choose(LINES, choice, looker, role_names=ROLES)]


def test_without_a_choice_all_stand_in_swedish_order() -> None:
    assert names(Choice()) == ["Artros", "KOL", "Osteoporos", "Zoster", "Ångest", "Ärr"]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(phase="gap_analysis"), ["KOL", "Osteoporos"]),  # what was stopped in a phase is in none
        (Choice(standing="paused"), ["Osteoporos"]),
        (Choice(standing="awaiting_decision"), ["Artros"]),
        (Choice(standing="stopped"), ["Ärr"]),
        (Choice(role="lag_chair"), ["KOL"]),
        (Choice(late=True), ["Ångest"]),
        (Choice(phase="gap_analysis", standing="active"), ["KOL"]),
        (Choice(phase="gap_analysis", late=True), []),
        (Choice(words="ost", standing="paused", phase="gap_analysis"), ["Osteoporos"]),
    ],
)
def test_filters_combine(choice: Choice, found: list[str]) -> None:
    assert names(choice) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("osteo", ["Osteoporos"]),
        ("OSTEO", ["Osteoporos"]),
        ("ång", ["Ångest"]),
        ("ÅNG", ["Ångest"]),
        ("ang", []),  # a is no å
        ("arr", []),
        ("ärr", ["Ärr"]),
        ("åkesson", ["Ångest"]),  # the person who has the ball
        ("akesson", []),
        ("ek örjan", ["Artros"]),  # both words, in any order
        ("örjan sara", []),
        ("lag_chair", ["KOL"]),  # the role, as the reader calls it
    ],
)
def test_a_search_tells_letters_apart_as_a_swede_does(words: str, found: list[str]) -> None:
    assert names(Choice(words=words)) == found


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("pathway", "Artros", "Ärr"),
        ("stage", "Ångest", "Zoster"),
        ("days", "Ångest", "Ärr"),  # what has ended has no days, and stands last
        ("holder", "KOL", "Ärr"),
        ("next", "KOL", "Ärr"),
        ("late", "Artros", "Ångest"),
    ],
)
def test_every_column_sorts(sort: str, first: str, last: str) -> None:
    found = names(Choice(sort=sort))
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("sort", SORTS)
def test_turned_round_nothing_is_lost_and_what_has_no_value_stays_last(sort: str) -> None:
    forwards, backwards = names(Choice(sort=sort)), names(Choice(sort=sort, descending=True))
    assert sorted(forwards) == sorted(backwards)
    if sort in {"days", "next", "holder"}:
        assert backwards[-1] == "Ärr"


def test_mine_are_those_that_wait_for_me_by_name_or_role_and_those_i_hold_a_role_in() -> None:
    by_name = Looker(person_id=7, roles=frozenset(), appointed=frozenset())
    by_role = Looker(person_id=0, roles=frozenset({"lag_chair", "registrar"}), appointed=frozenset())
    appointed = Looker(person_id=0, roles=frozenset(), appointed=frozenset({1}))
    assert names(Choice(mine=True), by_name) == ["Ångest"]
    assert names(Choice(mine=True), by_role) == ["KOL"]  # a registrar is named, and it is another one
    assert len(names(Choice(mine=True), appointed)) == len(LINES)


def test_the_summary_counts_what_is_under_way_by_phase_and_the_rest_by_itself() -> None:
    summary = summarise(LINES)
    assert summary.phases == {"preparation": 1, "gap_analysis": 1, "prioritisation": 1}
    assert (summary.total, summary.paused, summary.stopped, summary.closed, summary.late) == (6, 1, 1, 1, 1)


def test_the_roles_that_can_be_chosen_are_those_that_have_the_ball() -> None:
    assert list_roles(LINES) == ("coordinator", "lag_chair", "registrar")


@pytest.mark.parametrize(
    ("standing", "days", "over"), [("active", 40, 10), ("active", 30, 0), ("active", 5, 0), ("paused", 90, 0)]
)
def test_only_what_is_under_way_takes_longer_than_usual(standing: str, days: int, over: int) -> None:
    one = line("KOL", Usual(30, 6, is_own=True), standing=standing, days_in_phase=days)
    assert one.over_usual == over


@pytest.mark.parametrize(
    ("values", "states"),
    [
        ({"phase": "preparation"}, ["current", "ahead", "ahead", "ahead", "ahead"]),
        ({"phase": "learning"}, ["done", "done", "done", "current", "ahead"]),
        ({"phase": "prioritisation", "standing": "paused"}, ["done", "done", "resting", "ahead", "ahead"]),
        ({"phase": "gap_analysis", "standing": "stopped"}, ["done", "stopped", "ahead", "ahead", "ahead"]),
        ({"phase": "finished", "standing": "closed"}, ["done"] * 5),
    ],
)
def test_each_stage_says_where_the_introduction_is_on_its_way(values: dict[str, object], states: list[str]) -> None:
    assert [cell.state for cell in line("KOL", **values).cells] == states  # type: ignore[arg-type]  # names of its fields
