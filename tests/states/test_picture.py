"""The picture shows the whole chart, says it again in text, and draws nothing Mermaid is known to fail on."""

import re

import pytest

from states.picture import mermaid, table
from states.versions import LATEST, get_outline
from tests.states.worlds import ORDERS

OUTLINE = get_outline(LATEST)
DRAWING = mermaid(LATEST)
PHASES = {state for state in OUTLINE.children["track"] if OUTLINE.children[state]}


def test_every_state_is_drawn_once_and_a_phase_stands_before_its_states() -> None:
    drawn = re.findall(r'state ".*" as (\w+)', DRAWING)
    assert sorted(drawn) == sorted(set(OUTLINE.order) - PHASES)
    assert all(f'"{phase}: ' in DRAWING for phase in PHASES)


@pytest.mark.parametrize(("command", "choice"), ORDERS)
def test_every_command_stands_in_the_drawing_and_in_the_table(command: str, choice: str | None) -> None:
    name = f"{command} ({choice})" if choice else str(command)
    assert name in DRAWING
    assert f"| {name} |" in table(LATEST)


def test_no_arrow_touches_a_phase_or_goes_from_a_frame_to_itself() -> None:
    arrows = re.findall(r"(\w+) --> (\w+)", DRAWING)
    frames = {state for state in OUTLINE.order if OUTLINE.children[state]}
    assert not {end for arrow in arrows for end in arrow} & PHASES
    assert not [source for source, target in arrows if source == target and source in frames]


def test_an_arrow_stands_in_the_same_frame_as_both_its_ends() -> None:
    frame: list[str] = ["top"]
    home: dict[str, str] = {}
    arrows: list[tuple[str, str, str]] = []
    for line in DRAWING.splitlines():
        if state := re.search(r'state ".*" as (\w+)( \{)?', line):
            home[state[1]] = frame[-1]
            frame += [state[1]] if state[2] else []
        elif line.strip() == "}":
            frame.pop()
        elif arrow := re.search(r"(\w+) --> (\w+)", line):
            arrows.append((frame[-1], arrow[1], arrow[2]))
    assert all(home[source] == home[target] == where for where, source, target in arrows)


def test_each_frame_shows_where_it_begins_and_each_end_that_it_is_one() -> None:
    assert re.findall(r"\[\*\] --> (\w+)", DRAWING) == ["preparation", "consultation", "not_due", "active"]
    assert re.findall(r"(\w+) --> \[\*\]", DRAWING) == ["stopped", "closed"]


def test_the_live_position_is_marked_on_the_innermost_states() -> None:
    marked = mermaid(LATEST, OUTLINE.complete(["ranking", "current"]))
    assert "class ranking,current,not_due here" in marked
    assert "here" not in DRAWING


def test_the_caller_gives_the_words() -> None:
    words = {"mapping": "Kartläggning", "gap_analysis": "Gapanalys", "decide": "Beslut", "return": "Återremiss"}
    drawing = mermaid(LATEST, labels=words)
    assert 'state "Gapanalys: Kartläggning" as mapping' in drawing
    assert "Beslut (Återremiss)" in drawing
    assert "| Beslut (Återremiss) |" in table(LATEST, labels=words)


def test_the_table_has_one_row_for_every_move_and_names_its_gate() -> None:
    lines = table(LATEST, headings=("Kommando", "Från", "Till", "Villkor")).splitlines()
    assert lines[0] == "| Kommando | Från | Till | Villkor |"
    assert len(lines) == 2 + len(OUTLINE.moves)
    assert "| finish | celebrated | finished | follow_ups_unplanned |" in lines
    assert "| - | active | closed | In finished, In current, follow_ups_remaining, change_slipped |" in lines
