"""Names come in Swedish order: å, ä, ö after z, and accents and case only as a tie-break."""

from datetime import UTC, datetime
from itertools import permutations, product

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.models.organisation import Unit, UnitKind
from pathways.storage.collation import compare_swedish, swedish_key
from pathways.storage.unit_of_work import table_of

NOW = datetime(2021, 6, 9, tzinfo=UTC)
IN_ORDER = ["Abrahamsson", "Éva", "Falun", "Leksand", "Rättvik", "Zetterlund", "Åre", "Ängelholm", "Öland"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Zorn", "Åre"),
        ("Åre", "Ängelholm"),
        ("Ängelholm", "Öland"),
        ("åre", "ÄLVDALEN"),  # case does not part letters
        ("Rattvik", "Rättvik"),  # a before ä in the middle of a word, too
        ("Ede", "Éden"),  # é is an e
        ("Eva", "Éva"),  # and comes after it where nothing else differs
        ("Ægir", "Örn"),  # æ sorts as ä
        ("Øst", "Östersund"),  # ø sorts as ö
        ("Mora", "Mora kommun"),
        ("A\u030are", "Ängelholm"),  # å written as a and a ring
    ],
)
def test_the_first_name_comes_before_the_second(first: str, second: str) -> None:
    assert compare_swedish(first, second) == -1
    assert compare_swedish(second, first) == 1


def test_a_name_is_in_the_same_place_as_itself() -> None:
    assert compare_swedish("Åsa", "Åsa") == 0


def test_the_order_does_not_depend_on_where_the_names_began() -> None:
    some = IN_ORDER[3:8]
    assert all(sorted(names, key=swedish_key) == some for names in permutations(some))


def test_key_and_comparison_agree() -> None:
    for left, right in product(IN_ORDER, repeat=2):
        assert (compare_swedish(left, right) < 0) == (swedish_key(left) < swedish_key(right))


def test_sqlite_sorts_names_in_swedish_order(app: App) -> None:
    unit = table_of(Unit)
    region_id = app.region_id()
    with app.write() as work:
        for number, name in enumerate(reversed(IN_ORDER)):
            row = {"region_id": region_id, "slug": f"u{number}", "name": name, "kind": UnitKind.CENTRAL}
            work.insert_one(Unit, row)
        found = work.values(select(unit.c.name).where(unit.c.name.in_(IN_ORDER)).order_by(unit.c.name))
    assert found == IN_ORDER
