"""What may be said of a series: staircase, lines, status, target, and the suggestion to set the lines anew."""

from datetime import date

import pytest

from pathways.measurement.calendar import Every
from pathways.measurement.judge import Centre, Mark, Rule, Side, Stair, Status, TargetStatus, judge
from pathways.measurement.reset import PYRAMID
from pathways.measurement.series import Direction, Phase, Point, PointState, RuleSet, Settings
from tests.pathways.measurement.making import START, TODAY, frozen, judged, period, rules, series

CALM = [10, 12, 9, 11, 13, 8, 12, 10, 9, 13, 8, 11]  # median and mean 10.5, changes sides often
XMR, CLASSIC = rules(RuleSet.XMR), rules(RuleSet.CLASSIC)


@pytest.mark.parametrize(
    ("count", "stair", "shown"),
    [
        (0, Stair.EMPTY, False),
        (1, Stair.EARLY, False),
        (4, Stair.EARLY, False),
        (5, Stair.PROVISIONAL, True),
        (9, Stair.PROVISIONAL, True),
        (10, Stair.RUNS, True),
        (12, Stair.RUNS, True),
    ],
)
def test_the_number_of_points_decides_what_is_shown(count: int, stair: Stair, shown: bool) -> None:
    found = judged(CALM[:count])
    assert (found.stair, found.phases[0].centre is not None) == (stair, shown)


@pytest.mark.parametrize(("count", "stair"), [(10, Stair.RUNS), (12, Stair.TRIAL), (19, Stair.TRIAL), (20, Stair.FIRM)])
def test_limits_want_twelve_points_and_are_firm_at_twenty(count: int, stair: Stair) -> None:
    phase = judged((CALM + CALM)[:count], XMR).phases[0]
    assert (phase.stair, phase.trial) == (stair, stair is Stair.TRIAL)
    assert (phase.upper is not None) is (stair >= Stair.TRIAL)


def test_points_on_the_line_are_not_useful() -> None:
    found = judged([10, 10, 10, *CALM[:6], 10, 10])
    assert (found.stair, found.missing) == (Stair.PROVISIONAL, 10 - sum(one.useful for one in found.points))


def test_a_provisional_median_gives_no_signal() -> None:
    assert judged([1, 1, 1, 1, 9, 9, 9, 9, 9]).signals == ()


def test_a_baseline_with_a_signal_has_no_limits() -> None:
    phase = judged([1] * 6 + [2] * 2 + [9] * 8, XMR).phases[0]
    assert (phase.restless, phase.upper, phase.centre_kind, phase.stair) == (True, None, Centre.MEDIAN, Stair.RUNS)


def test_a_frozen_median_comes_from_the_baseline_and_counts_all_points() -> None:
    phase = judged([*CALM, *[20] * 5], rules(), frozen(12)).phases[0]
    assert phase.runs is not None
    assert (phase.centre, phase.runs.useful, phase.baseline_through) == (10.5, 17, period(11))


def test_a_long_run_marks_its_points_and_is_told_with_its_dates() -> None:
    found = judged([*CALM, *[20] * 8], rules(), frozen(12))
    assert found.signal is not None
    assert (found.signal.rule, found.signal.since, found.signal.until) == (Rule.RUN, period(11), period(19))
    assert [one.mark for one in found.points[11:]] == [Mark.IMPROVEMENT] * 9
    assert {one.mark for one in found.points[:11]} == {None}
    assert found.status is Status.IMPROVEMENT


@pytest.mark.parametrize(
    ("direction", "status"),
    [
        (Direction.HIGHER, Status.IMPROVEMENT),
        (Direction.LOWER, Status.CONCERN),
        (Direction.NEITHER, Status.UP),
    ],
)
def test_the_word_follows_the_direction(direction: Direction, status: Status) -> None:
    assert judged([*CALM, *[20] * 8], rules(direction=direction), frozen(12)).status is status


def test_few_crossings_alone_have_no_direction_and_mark_no_point() -> None:
    found = judged([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    assert found.signal is not None
    assert (found.status, found.signal.rule, found.signal.mark) == (Status.CHANGED, Rule.CROSSINGS, None)
    assert {one.mark for one in found.points} == {None}


def test_a_run_that_is_over_does_not_make_the_latest_point_an_improvement() -> None:
    found = judged([*CALM, *[20] * 9, 5, 20, 4], rules(), frozen(12))
    assert found.signal is not None
    assert (found.status, found.signal.ongoing, found.signal.mark) == (Status.CHANGED, False, Mark.IMPROVEMENT)


def test_a_gap_is_explicit_and_no_rule_counts_it() -> None:
    points = [point for n, point in enumerate(series([*CALM, *[20] * 9])) if n not in {3, 14}]
    found = judge(points, settings=rules(), phases=[frozen(12)], today=TODAY)
    assert [one.point.period for one in found.points if one.point.value is None] == [period(3), period(14)]
    assert found.phases[0].gap_in_baseline
    assert found.signal is not None
    assert found.signal.count == 9


def test_of_two_points_for_one_period_the_later_given_counts() -> None:
    points = [*series([1, 2, 3]), Point(period=period(1), value=9, state=PointState.CORRECTED)]
    found = judge(points, settings=rules(), phases=[], today=TODAY)
    assert [one.point.value for one in found.points] == [1, 9, 3]


def test_a_share_is_judged_by_its_counts() -> None:
    settings = Settings(every=Every.MONTH, share=True)
    points = [Point(period=period(n), value=None, numerator=n, denominator=3 * n) for n in range(5)]
    found = judge(points, settings=settings, phases=[], today=TODAY)
    assert [one.point.value for one in found.points] == [None, *[100 / 3] * 4]


def test_drawn_limits_stop_where_values_can_be_and_rules_keep_the_uncut_ones() -> None:
    values = [98, 90, 99, 89, 97, 91, 99, 90, 98, 88, 99, 91]
    phase = judged(values, Settings(every=Every.MONTH, rules=RuleSet.XMR, share=True)).phases[0]
    assert phase.xmr is not None
    assert phase.xmr.upper is not None
    assert (phase.upper, phase.xmr.upper > 100) == (100, True)


def test_a_count_is_drawn_down_to_nought() -> None:
    values = [1, 9, 0, 8, 1, 9, 0, 8, 1, 9, 0, 8]
    phase = judged(values, Settings(every=Every.MONTH, rules=RuleSet.XMR, count=True)).phases[0]
    assert (phase.lower, phase.xmr is not None and phase.xmr.lower is not None and phase.xmr.lower < 0) == (0, True)


def test_the_status_of_a_chart_with_limits_is_its_latest_points() -> None:
    assert judged([*CALM, 40, 10], XMR, frozen(12)).status is Status.QUIET
    assert judged([*CALM, 10, 40], XMR, frozen(12)).status is Status.IMPROVEMENT


def test_a_contrary_sign_among_the_last_twelve_is_told_too() -> None:
    assert judged([*CALM, -40, *CALM[:10], 40], XMR, frozen(12)).opposite is Mark.CONCERN
    assert judged([*CALM, -40, *CALM, 40], XMR, frozen(12)).opposite is None


def test_what_lies_more_than_twelve_points_back_is_no_longer_told() -> None:
    assert judged([*CALM, 40, *CALM], XMR, frozen(12)).signal is None
    assert judged([*CALM, 40, *CALM[:11]], XMR, frozen(12)).signal is not None


@pytest.mark.parametrize(
    ("target", "direction", "status"),
    [
        (100, Direction.HIGHER, TargetStatus.MISSED),
        (-100, Direction.HIGHER, TargetStatus.MET),
        (100, Direction.LOWER, TargetStatus.MET),
        (-100, Direction.LOWER, TargetStatus.MISSED),
        (10, Direction.LOWER, TargetStatus.SOMETIMES),
        (10, Direction.NEITHER, None),
        (None, Direction.HIGHER, None),
    ],
)
def test_the_target_is_judged_against_the_limits(
    target: float | None, direction: Direction, status: TargetStatus | None
) -> None:
    assert judged(CALM, rules(RuleSet.XMR, direction, target=target)).target_status is status


def test_a_target_on_the_limit_is_reached_at_times() -> None:
    upper = judged(CALM, XMR).phases[0].upper
    assert judged(CALM, rules(RuleSet.XMR, target=upper)).target_status is TargetStatus.SOMETIMES


def test_a_target_wants_twelve_baseline_points() -> None:
    assert judged(CALM[:11], rules(RuleSet.XMR, target=100)).target_status is None


@pytest.mark.parametrize(("target", "status"), [(90, TargetStatus.LEVEL_MET), (101, TargetStatus.LEVEL_MISSED)])
@pytest.mark.parametrize("which", [RuleSet.RUNS, RuleSet.XMR])
def test_without_variation_the_value_itself_is_compared(which: RuleSet, target: float, status: TargetStatus) -> None:
    found = judged([100] * 15, rules(which, target=target))
    assert (found.phases[0].flat, found.target_status, found.status) == (True, status, Status.QUIET)
    assert (found.signals, found.missing, found.phases[0].upper) == ((), 0, None)


def test_nine_points_on_one_side_of_a_frozen_line_suggest_to_set_it_anew() -> None:
    found = judged([*CALM, *[20] * 4, 10.5, *[20] * 5], rules(), frozen(12)).reset
    assert found is not None
    assert (found.since, found.count, found.side, found.desired) == (period(12), 9, Side.ABOVE, True)
    assert (found.ongoing, found.investigate) == (True, ())


def test_eight_points_suggest_nothing_and_neither_does_a_line_that_moves() -> None:
    assert judged([*CALM, *[20] * 8], rules(), frozen(12)).reset is None
    assert judged([*CALM, *[20] * 9]).reset is None


def test_a_change_that_is_not_wanted_asks_for_investigation_first() -> None:
    found = judged([*CALM, *[20] * 9], rules(direction=Direction.LOWER), frozen(12)).reset
    assert found is not None
    assert (found.desired, found.investigate) == (False, PYRAMID)


def test_without_direction_nobody_is_told_what_is_wanted() -> None:
    found = judged([*CALM, *[20] * 9], rules(direction=Direction.NEITHER), frozen(12)).reset
    assert found is not None
    assert (found.desired, found.investigate, found.mark) == (None, (), Mark.UP)


def test_a_suggestion_says_when_the_curve_has_crossed_since() -> None:
    found = judged([*CALM, *[20] * 9, 5], rules(), frozen(12)).reset
    assert found is not None
    assert not found.ongoing


def test_a_baseline_of_fewer_than_ten_points_shows_no_change() -> None:
    found = judged([*CALM[:9], *[20] * 12], rules(), frozen(9))
    assert (found.phases[0].short, found.signals, found.status) == (True, (), Status.TOO_EARLY)
    assert (found.missing, found.ready_about) == (0, None)


def test_a_new_phase_begins_the_staircase_anew_and_keeps_the_old_lines() -> None:
    anew = Phase(starts=period(12), cause="reset")
    found = judged([*CALM, 20, 21, 19], rules(), frozen(12), anew)
    assert [phase.stair for phase in found.phases] == [Stair.RUNS, Stair.EARLY]
    assert (found.phases[0].centre, found.phases[0].ends) == (10.5, period(11))
    assert found.status is Status.TOO_EARLY


def test_a_phase_without_points_is_kept() -> None:
    found = judged(CALM, rules(), frozen(12), Phase(starts=period(12), cause="definition"))
    assert (found.stair, found.missing) == (Stair.EMPTY, 10)


def test_a_phase_that_starts_after_the_first_point_leaves_it_in_the_first_one() -> None:
    found = judged(CALM, rules(), Phase(starts=period(3)))
    assert [phase.starts for phase in found.phases] == [START]
    found = judged(CALM, rules(), Phase(starts=period(3), cause="reset"))
    assert [phase.starts for phase in found.phases] == [START, period(3)]


@pytest.mark.parametrize(
    ("count", "missing", "ready"),
    [(0, 10, date(2024, 12, 1)), (3, 7, date(2024, 11, 1)), (9, 1, date(2024, 11, 1)), (10, 0, None)],
)
def test_what_is_missing_is_told_with_the_day_when_it_may_be_there(
    count: int, missing: int, ready: date | None
) -> None:
    found = judged(CALM[:count], today=date(2024, 2, 15))
    assert (found.missing, found.ready_about) == (missing, ready)


def test_a_day_that_has_passed_is_never_promised() -> None:
    assert judged(CALM[:3], today=date(2030, 5, 5)).ready_about == date(2030, 5, 5)


def test_a_value_that_comes_late_is_ready_later() -> None:
    settings = Settings(every=Every.MONTH, lag_days=45)
    assert judged(CALM[:9], settings, today=date(2024, 2, 15)).ready_about == date(2024, 12, 16)


def test_weekly_points_are_ready_weeks_from_now() -> None:
    settings = rules(every=Every.WEEK)
    assert judged(CALM[:8], settings, today=date(2024, 2, 26)).ready_about == date(2024, 3, 11)


def test_many_ties_make_the_test_weak() -> None:
    values = [*[10.5] * 7, *CALM]
    assert judged(values).weak
    assert not judged(CALM).weak


def test_the_classic_rules_are_a_choice_of_their_own() -> None:
    values = [*CALM, 11, 12, 13, 14, 15]
    assert judged(values, rules(), frozen(12)).signals == ()
    assert {one.rule for one in judged(values, CLASSIC, frozen(12)).signals} == {Rule.SHIFT, Rule.TREND}


def test_the_older_variant_is_a_choice_for_each_indicator() -> None:
    values = [*CALM, 24, 19.5]
    both = {
        variant: judged(values, Settings(every=Every.MONTH, rules=RuleSet.XMR, two_of_three=variant), frozen(12))
        for variant in ("2023", "older")
    }
    assert all(found.points[-2].rule is Rule.OUTSIDE for found in both.values())
