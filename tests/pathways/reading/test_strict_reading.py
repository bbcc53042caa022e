"""Plain values with their lines: what counts as a number, what stays text, and JSON read the same way."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.reading.problems import nearest, spell
from pathways.reading.tree import read_tree

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcåäö", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("18:00", "18:00"),
        ("2021-06-09", "2021-06-09"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("12", 12),
        ("-5", -5),
        ("2.5", 2.5),
        ("true", True),
        ("null", None),
        ("~", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("å", "å"),
    ],
)
def test_only_numbers_true_false_and_null_are_more_than_text(text: str, value: object) -> None:
    tree = read_tree(f"key: {text}")
    assert tree.data == {"key": value}


def test_a_key_may_be_a_word_that_other_readers_take_for_true() -> None:
    assert read_tree("on: 2021-06-09").data == {"on": "2021-06-09"}


def test_every_value_knows_its_line() -> None:
    tree = read_tree("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n")
    where = [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d")]
    assert [tree.line_of(place) for place in where] == [1, 2, 3, 4, 5]


def test_something_absent_has_the_line_of_what_should_hold_it() -> None:
    assert read_tree("a: 1\nb:\n  - {c: 2}\n").line_of(("b", 0, "missing", "deeper")) == 3


@settings(max_examples=150, deadline=None)
@given(value=VALUES, indent=st.sampled_from([None, 2, "\t"]), ascii_only=st.booleans())
def test_json_is_read_as_json_reads_it(value: object, indent: int | str | None, *, ascii_only: bool) -> None:
    text = json.dumps({"key": value}, indent=indent, ensure_ascii=ascii_only)
    tree = read_tree(text, is_json=True)
    assert (tree.data, tree.flaws) == ({"key": value}, [])


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    tree = read_tree(text)
    assert tree.data is None or not any(flaw.sentence == "input.not_yaml" for flaw in tree.flaws)


def test_json_that_is_broken_names_its_line() -> None:
    tree = read_tree('{"a": 1,\n "b": }', is_json=True)
    assert [(flaw.sentence, tree.line_of(flaw.where)) for flaw in tree.flaws] == [("input.not_json", 2)]


def test_json_with_a_key_twice_is_a_flaw() -> None:
    assert [flaw.sentence for flaw in read_tree('{"a": 1,\n"a": 2}', is_json=True).flaws] == ["input.duplicate_key"]


def test_the_nearest_names_are_told_or_all_when_none_is_near() -> None:
    assert (nearest("analytic", ["analyst", "head"]), nearest("xyz", ["analyst", "head"])) == (
        "analyst",
        "analyst, head",
    )


def test_a_long_value_is_shortened_and_a_list_is_spelled_as_in_a_file() -> None:
    assert (len(spell("x" * 100)), spell([True, None, "å"])) == (60, '[true, null, "å"]')
