"""Which ways a new national version can be taken over by, as a table; and what looks like somebody's details."""

import pytest

from pathways.planning.patient_details import find_details
from pathways.planning.rollout import Stand, Way, acts_for, national_of, ways_for


def stand(national: str, place: str = "ranking", *, analysed: bool = True, revised: bool = False) -> Stand:
    return Stand(national=national, place=place, is_analysed=analysed, is_revised=revised)


@pytest.mark.parametrize(
    ("where", "ways"),
    [
        (stand("current", analysed=False), "take_over"),
        (stand("current"), "revise no_local_effect"),
        (stand("current", "communicated"), "revise no_local_effect"),
        (stand("current", revised=True), "take_over"),
        (stand("superseded"), "no_local_effect"),
        (stand("superseded", "communicated"), "revise no_local_effect"),
        (stand("superseded", analysed=False), "take_over"),
        (stand("consultation", "mapping"), "revise"),
        (stand("consultation", "preparation", analysed=False), "take_over"),
        (stand("withdrawn", analysed=False), "take_over"),
    ],
)
def test_the_ways_follow_from_where_it_stands(where: Stand, ways: str) -> None:
    assert " ".join(ways_for(where)) == ways


@pytest.mark.parametrize(
    ("where", "way", "commands"),
    [
        (stand("current", analysed=False), Way.TAKE_OVER, "revise_nationally adopt_revision:no_local_effect!"),
        (stand("current", revised=True), Way.TAKE_OVER, "revise_nationally adopt_revision:revised"),
        (stand("superseded", revised=True), Way.TAKE_OVER, "adopt_revision:revised"),
        (stand("consultation", analysed=False), Way.TAKE_OVER, "approve_nationally"),
        (stand("consultation", "communicated"), Way.REVISE, "approve_nationally reopen_gap_analysis"),
        (stand("consultation", "mapping"), Way.REVISE, "approve_nationally"),
        (stand("consultation", "mapping"), Way.NO_LOCAL_EFFECT, ""),
        (stand("current", "communicated"), Way.REVISE, "revise_nationally reopen_gap_analysis"),
        (stand("current", "executing"), Way.REVISE, "revise_nationally"),
        (stand("superseded", "executing"), Way.REVISE, ""),
        (stand("current"), Way.NO_LOCAL_EFFECT, "revise_nationally adopt_revision:no_local_effect!"),
    ],
)
def test_each_way_is_gone_by_the_commands_of_the_process(where: Stand, way: Way, commands: str) -> None:
    told = [
        f"{act.command}{':' if act.data else ''}{act.data.get('outcome', '')}{'!' if act.needs_reason else ''}"
        for act in acts_for(where, way)
    ]
    assert " ".join(told) == commands


@pytest.mark.parametrize(("held", "state"), [(["active", "current"], "current"), (["paused"], "")])
def test_the_national_state_is_found_among_those_that_hold(held: list[str], state: str) -> None:
    assert national_of(held) == state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patienten 19121212-1212 fick vänta", "19121212-1212"),
        ("121212-1212", "121212-1212"),
        ("Samordningsnummer 701063-2391", "701063-2391"),
        ("Fråga asa.oberg@region.example", "asa.oberg@region.example"),
        ("Ring 070-123 45 67", "070-123 45 67"),
        ("Ring 023-49 20 00", "023-49 20 00"),
        ("Väntan gick från 120 till 45 dagar under 2021-2022", ""),
        ("Mål 90 %, dnr HSN 2021/1234", ""),
        ("Mellan 2021-01-01 och 2021-12-31", ""),
    ],
)
def test_what_looks_like_somebodys_details_is_found(text: str, found: str) -> None:
    assert find_details("", text) == found
