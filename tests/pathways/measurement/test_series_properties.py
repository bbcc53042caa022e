"""What must hold for every series: mirrored, moved and stretched ones are judged alike, and borders are borders."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pathways.measurement import analyse_runs, analyse_xmr
from pathways.measurement.judge import JudgedPhase, Judgement, judge
from pathways.measurement.marks import OPPOSITE
from pathways.measurement.series import Direction, Phase, Point, PointState, RuleSet, Settings
from tests.pathways.measurement.making import TODAY, period, rules, series

VALUES = st.lists(st.one_of(st.none(), st.integers(-30, 30)), max_size=45)
RULES = st.sampled_from(RuleSet)
LINES = ("centre", "lower", "upper", "near_lower", "near_upper", "stair", "runs", "xmr", "restless", "flat")


def lines(phase: JudgedPhase) -> dict[str, object]:
    return {name: getattr(phase, name) for name in LINES}


def clear_of_lines(values: list[int | None]) -> bool:
    """Whether no value lies on a limit but for rounding, where moving a series may tip it."""
    found = analyse_xmr(values)
    limits = [one for one in (found.mean, found.lower, found.upper, found.near_lower, found.near_upper) if one]
    return all(abs(value - one) > 1e-9 for value in values if value is not None for one in limits)


@given(VALUES)
def test_a_mirrored_series_has_the_same_runs(values: list[int | None]) -> None:
    mirrored = analyse_runs([None if value is None else -value for value in values])
    found = analyse_runs(values)
    assert (mirrored.useful, mirrored.longest_run, mirrored.crossings) == (
        found.useful,
        found.longest_run,
        found.crossings,
    )
    assert mirrored.signal is found.signal


@given(VALUES, st.integers(-500, 500), st.sampled_from([0.25, 2, 16]))
def test_moving_and_stretching_a_series_changes_no_run(values: list[int | None], by: int, times: float) -> None:
    other = analyse_runs([None if value is None else value * times + by for value in values])
    found = analyse_runs(values)
    assert (other.longest, other.crossings, other.long_runs) == (found.longest, found.crossings, found.long_runs)


@given(VALUES)
def test_a_mirrored_series_has_the_same_labels_and_the_contrary_words(values: list[int | None]) -> None:
    found, mirrored = analyse_xmr(values), analyse_xmr([None if value is None else -value for value in values])
    assert mirrored.labels == found.labels
    assert mirrored.marks == tuple(None if mark is None else OPPOSITE[mark] for mark in found.marks)


@given(VALUES, st.integers(-500, 500), st.sampled_from([0.25, 2, 16]))
def test_moving_and_stretching_a_series_changes_no_label(values: list[int | None], by: int, times: float) -> None:
    assume(clear_of_lines(values))
    other = analyse_xmr([None if value is None else value * times + by for value in values])
    assert other.labels == analyse_xmr(values).labels


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=45), VALUES, RULES)
def test_no_rule_passes_a_border(before: list[int], after: list[int | None], which: RuleSet) -> None:
    border = Phase(starts=period(len(before)), cause="reset")
    both = judge(series([*before, *after]), settings=rules(which), phases=[border], today=TODAY)
    alone = judge(series(before), settings=rules(which), phases=[], today=TODAY)
    assert lines(both.phases[0]) == lines(alone.phases[0])
    assert [(one.mark, one.rule) for one in both.points[: len(before)]] == [
        (one.mark, one.rule) for one in alone.points
    ]


@given(VALUES, VALUES, RULES)
def test_a_border_hides_what_lies_before_it(before: list[int | None], after: list[int | None], which: RuleSet) -> None:
    border = Phase(starts=period(len(before)), cause="reset")
    both = judge(series([*before, *after]), settings=rules(which), phases=[border], today=TODAY)
    alone = [replace(point, period=period(n + len(before))) for n, point in enumerate(series(after))]
    assert lines(both.phases[-1]) == lines(judge(alone, settings=rules(which), phases=[border], today=TODAY).phases[-1])


@given(VALUES, st.lists(st.integers(0, 44), max_size=12), RULES)
def test_a_preliminary_point_never_counts(values: list[int | None], places: list[int], which: RuleSet) -> None:
    points = [
        replace(point, state=PointState.PRELIMINARY) if n in places else point for n, point in enumerate(series(values))
    ]
    without = [replace(point, value=None) if n in places else point for n, point in enumerate(series(values))]
    assert said(points, which) == said(without, which)


def said(points: list[Point], which: RuleSet) -> tuple[object, ...]:
    found = judge(points, settings=rules(which), phases=[], today=TODAY)
    notes = [note for note in found.notes if note.id != "measure.note.preliminary"]
    return (
        lines(found.phases[-1]),
        [(one.mark, one.rule, one.useful, one.side) for one in found.points],
        (found.status, found.signals, found.reset, found.missing, found.ready_about, found.telling, notes),
    )


@given(
    st.lists(st.integers(-30, 30), min_size=12, max_size=20),
    st.lists(st.one_of(st.none(), st.integers(-300, 300)), max_size=30),
    RULES,
)
def test_a_frozen_line_never_moves(baseline: list[int], later: list[int | None], which: RuleSet) -> None:
    phase = Phase(starts=period(0), frozen_through=period(len(baseline) - 1))
    frozen, longer = (
        judge(series(values), settings=rules(which), phases=[phase], today=TODAY).phases[0]
        for values in (baseline, [*baseline, *later])
    )
    names = ("centre", "lower", "upper", "near_lower", "near_upper")
    assert [getattr(longer, name) for name in names] == [getattr(frozen, name) for name in names]


@given(VALUES, RULES, st.randoms(use_true_random=False))
def test_the_order_in_which_points_come_does_not_matter(
    values: list[int | None], which: RuleSet, chance: object
) -> None:
    points = series(values)
    mixed = list(points)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' random
    assert judge(mixed, settings=rules(which), phases=[], today=TODAY) == judge(
        points, settings=rules(which), phases=[], today=TODAY
    )


@settings(max_examples=200)
@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=40),
    RULES,
    st.sampled_from(Direction),
    st.lists(st.tuples(st.integers(-3, 45), st.one_of(st.none(), st.integers(-3, 45))), max_size=4),
)
def test_any_series_can_be_judged_and_told(
    values: list[float | None], which: RuleSet, direction: Direction, borders: list[tuple[int, int | None]]
) -> None:
    phases = [
        Phase(starts=period(at), frozen_through=None if through is None else period(through), cause="reset")
        for at, through in borders
    ]
    found: Judgement = judge(
        series(values), settings=rules(which, direction, target=10), phases=phases, today=date(2025, 6, 1)
    )
    assert len(found.telling) == 4


def test_settings_have_the_defaults_that_the_method_asks_for() -> None:
    found = Settings(every=rules().every)
    assert (found.rules, found.screen, found.two_of_three, found.direction) == (
        RuleSet.RUNS,
        True,
        "2023",
        Direction.NEITHER,
    )
