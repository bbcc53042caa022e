"""A pasted column or a file's table: which column is what, which period a row is, and all that is wrong with it."""

from datetime import date

import pytest

from pathways.measurement.series import PointState
from pathways.services.measure.checks import Known
from pathways.services.measure.figures import Decimal
from pathways.services.measure.table import Reading, TableAsk, lines_of, read_lines
from pathways.storage.unit_of_work import Row

TODAY = date(2021, 6, 9)
JANUARY = date(2021, 1, 1)
NAMES = {"medicin": "medicin", "medicinkliniken": "medicin", "vårdcentralen falun": "vc-falun"}


def known(*, share: bool = False, every: str = "month", stands: dict[date, float] | None = None) -> Known:
    rows: dict[tuple[int | None, date], Row] = {
        (None, period): {
            "ref": "1.1",
            "value": value,
            "numerator": None,
            "denominator": None,
            "state": PointState.FINAL,
        }
        for period, value in (stands or {}).items()
    }
    return Known(
        indicator={"share": share, "every": every},
        units={"medicin": 1, "vc-falun": 2},
        strange_units=frozenset({"alvdalen"}),
        stands=rows,
        today=TODAY,
    )


def read(text: str, about: Known | None = None, **ask: object) -> Reading:
    return read_lines(about or known(), lines_of(text), TableAsk(**{"first": JANUARY, **ask}), NAMES)  # type: ignore[arg-type]  # a test's shorthand


def figures(reading: Reading) -> list[tuple[int, float]]:
    assert reading.plan.problems == ()
    return [(row.period.month, round(row.value, 1)) for row in reading.plan.rows]


def problems(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.sentence) for one in reading.plan.problems]


def warnings(reading: Reading) -> list[tuple[int, str]]:
    assert reading.plan.problems == ()
    return [(one.row, one.sentence) for one in reading.plan.warnings]


def test_a_single_column_runs_on_from_the_first_period() -> None:
    assert figures(read("12,5\n1 234\n\n7\n\n")) == [(1, 12.5), (2, 1234.0), (4, 7.0)]


@pytest.mark.parametrize(
    ("text", "share", "expected"),
    [
        ("2021-02\t12,5\n2021-04\t13", False, [(2, 12.5), (4, 13.0)]),
        ("feb 2021;12,5\nmars 2021;13", False, [(2, 12.5), (3, 13.0)]),
        ("Månad\tVärde\n2021-02\t12,5", False, [(2, 12.5)]),
        ("Värde\tPeriod\n12,5\t2021-02-17", False, [(2, 12.5)]),
        ("71 %\n64,5 %", True, [(1, 71.0), (2, 64.5)]),
        ("5\t7\n6\t8", True, [(1, 71.4), (2, 75.0)]),
        ("2021-03\t5\t7", True, [(3, 71.4)]),
        ("Period\tTäljare\tNämnare\n2021-03\t5\t7", True, [(3, 71.4)]),
        ("Period\tNämnare\tTäljare\tKommentar\n2021-03\t7\t5\tbra", True, [(3, 71.4)]),
        ("numerator;denominator;month\n5;7;2021-03", True, [(3, 71.4)]),
    ],
)
def test_columns_are_known_by_head_or_place(text: str, expected: list[tuple[int, float]], *, share: bool) -> None:
    assert figures(read(text, known(share=share))) == expected


def test_units_and_states_are_read_by_their_words() -> None:
    text = "Enhet\tPeriod\tVärde\tStatus\nMedicinkliniken\t2021-01\t3\tprel.\nvc-falun\t2021-01\t4\t"
    reading = read(text)
    assert [(row.unit, row.state) for row in reading.plan.rows] == [
        ("medicin", PointState.PRELIMINARY),
        ("vc-falun", PointState.FINAL),
    ]


@pytest.mark.parametrize(
    ("text", "share", "problem"),
    [
        ("tolv", False, (1, "value", "order.figure")),
        ("12,5\n12.5", False, (2, "value", "order.figure_point")),
        ("8\t7", True, (1, "denominator", "order.denominator_smaller")),
        ("5\t0", True, (1, "denominator", "order.denominator_zero")),
        ("2021-02\t3\n2021-02\t4", False, (2, "period", "order.period_repeated")),
        ("2021-07\t3", False, (1, "period", "order.period_ahead")),
        ("vintern\t3", False, (1, "period", "order.period_month")),
        ("Enhet\tPeriod\tVärde\nÄlvdalen\t2021-01\t3", False, (2, "unit", "order.unit_unknown")),
        ("Enhet\tPeriod\tVärde\nalvdalen\t2021-01\t3", False, (2, "unit", "order.unit_strange")),
        ("Period\tVärde\tStatus\n2021-01\t3\tkanske", False, (2, "state", "order.state_word")),
        ("1\t2\t3\t4", False, (1, "value", "order.columns")),
        ("Period\tKommentar\n2021-01\tbra", False, (1, "value", "order.columns")),
        ("171 %", True, (1, "value", "order.share_outside")),
        ("", False, (0, "value", "order.table_empty")),
        ("Period\tVärde", False, (0, "value", "order.table_empty")),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(text: str, problem: tuple[int, str, str], *, share: bool) -> None:
    assert problems(read(text, known(share=share))) == [problem]


def test_a_column_without_periods_needs_its_first() -> None:
    assert problems(read("3\n4", first=None)) == [(0, "period", "order.first_period_missing")]


def test_a_whole_column_with_the_wrong_decimal_sign_is_refused_row_by_row_and_read_when_it_is_told() -> None:
    text = "12.5\n13.5\n14\n11.2"
    reading = read(text)
    assert [row for row, _, _ in problems(reading)] == [1, 2, 4]
    assert reading.wants_point
    assert figures(read(text, decimal=Decimal.POINT)) == [(1, 12.5), (2, 13.5), (3, 14.0), (4, 11.2)]
    assert read("12,5", decimal=Decimal.POINT).wants_comma


def test_a_column_whose_decimal_sign_was_lost_is_told_as_one() -> None:
    before = {date(2020, month, 1): 12.0 + month % 3 for month in range(1, 13)}
    assert warnings(read("125\n131\n128\n122", known(stands=before))) == [(0, "order.column_scaled")]


def test_shares_written_as_parts_of_one_are_told() -> None:
    assert warnings(read("0,71\n0,64\n0,8", known(share=True))) == [(0, "order.share_as_part")]


def test_a_single_value_far_from_the_others_is_told_and_an_ordinary_one_is_not() -> None:
    before = {date(2020, month, 1): 12.0 + month % 3 for month in range(1, 13)}
    assert warnings(read("13\n45\n12,5", known(stands=before))) == [(2, "order.value_jumps")]


def test_a_period_that_is_not_over_is_told() -> None:
    assert warnings(read("2021-06\t3")) == [(1, "order.period_unfinished")]


def test_what_would_be_replaced_is_told() -> None:
    reading = read("3\n4\n5", known(stands={JANUARY: 3.0, date(2021, 2, 1): 9.0}))
    assert [(row.what, row.state) for row in reading.plan.rows] == [
        ("same", PointState.FINAL),
        ("replaced", PointState.CORRECTED),
        ("new", PointState.FINAL),
    ]
    assert [row.period.month for row in reading.plan.written] == [2, 3]


@pytest.mark.parametrize("every", ["week", "fortnight", "quarter", "year"])
def test_every_length_of_period_runs_on(every: str) -> None:
    reading = read_lines(known(every=every), lines_of("3\n4"), TableAsk(first=date(2018, 1, 1)), {})
    first, second = (row.period for row in reading.plan.rows)
    assert (second - first).days >= 7
