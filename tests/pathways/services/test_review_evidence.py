"""What curves mean for a review: which belong to an activity, which hints follow, and the soft checks. No database."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from pathways.measurement.hints import Hint
from pathways.services.review.evidence import data_until, hints_for, linked, list_checks, tell_checks
from pathways.services.review.record import Record
from pathways.services.review.series import Series, judge_all
from pathways.storage.unit_of_work import Row

TODAY = date(2022, 6, 1)
MONDAY = date(2022, 1, 3)
QUIET = [40, 44, 41, 43, 40, 44, 41, 43, 40, 44, 41, 43]
RISEN = [*QUIET, *[60 + n % 3 for n in range(12)]]
FALLEN = [*QUIET, *[20 + n % 3 for n in range(12)]]


def indicator(ref: str, name: str, kind: str) -> Row:
    plain = {
        "target": None,
        "second_target": None,
        "share": False,
        "counts_people": False,
        "unit": "antal",
        "lag_days": None,
    }
    judged = {"every": "week", "direction": "higher", "rules": "runs", "screen": True, "two_of_three": "2023"}
    return {"ref": ref, "slug": name.lower(), "name": name, "kind": kind, "retired_on": None, **plain, **judged}


def series(ref: str, name: str, kind: str, values: Sequence[float], *, gap: int | None = None) -> Series:
    rows = [
        {
            "indicator": ref,
            "unit_id": None,
            "numerator": None,
            "denominator": None,
            "state": "final",
            "period": MONDAY + timedelta(weeks=n + (gap is not None and n >= gap)),
            "value": float(value),
        }
        for n, value in enumerate(values)
    ]
    frozen = {"indicator": ref, "unit_id": None, "starts": MONDAY, "cause": "first"}
    phase = {**frozen, "frozen_through": MONDAY + timedelta(weeks=11)}
    return judge_all([indicator(ref, name, kind)], rows, [phase], today=TODAY)[0]


def activity(ref: str = "9.1", **more: object) -> Row:
    return {"ref": ref, "title": "Utbilda", "indicator": None, "from_loop": None, "state": "under_way", **more}


def record(*activities: Row, late: bool = False, foretold: bool = True, **answers: str) -> Record:
    prediction = {"theory": "Om så då", "measure": "Något annat", "is_late": late}
    refs = [str(one["ref"]) for one in activities]
    texts = {f"a-{ref}-{name}": text for ref in refs for name, text in answers.items()}
    known = dict.fromkeys(refs, prediction) if foretold else {}
    return Record(texts=texts, activities=activities, foretold=known, series=(), today=TODAY)


PLAN = series("1.1", "Plan", "process", QUIET)
HEALTH = series("2.1", "Hälsa", "outcome", QUIET)


def test_an_activity_is_judged_by_the_measures_it_names() -> None:
    assert linked(activity(indicator=" plan "), None, [PLAN, HEALTH]) == [PLAN]


def test_a_prediction_may_name_the_measure_instead() -> None:
    assert linked(activity(), {"measure": "Hälsa"}, [PLAN, HEALTH]) == [HEALTH]


def test_where_none_is_named_all_count() -> None:
    assert linked(activity(indicator="okänt"), None, [PLAN, HEALTH]) == [PLAN, HEALTH]


@pytest.mark.parametrize(
    ("process", "outcome", "done", "hints"),
    [
        (RISEN, RISEN, "yes", (Hint.WIDEN,)),
        (RISEN, QUIET, "yes", (Hint.KEEP_LONGER,)),
        (RISEN, FALLEN, "yes", (Hint.STOP_OR_ADJUST,)),
        (QUIET, QUIET, "yes", (Hint.NOT_REACHED,)),
        (FALLEN, QUIET, "yes", (Hint.INVESTIGATE,)),
        (QUIET[:4], QUIET[:3], "yes", (Hint.EXTEND,)),
        (RISEN, RISEN, "no", (Hint.FIX_DELIVERY,)),
        (RISEN, RISEN, "", ()),
    ],
)
def test_the_hints_follow_from_curves_and_delivery(
    process: list[float], outcome: list[float], done: str, hints: tuple[Hint, ...]
) -> None:
    both = [series("1.1", "Plan", "process", process), series("2.1", "Hälsa", "outcome", outcome)]
    assert hints_for(record(activity(), done=done), activity(), both) == hints


@pytest.mark.parametrize(
    ("check", "met", "given"),
    [
        ("foretold", True, record(activity())),
        ("foretold", False, record(activity(), late=True)),
        ("foretold", False, record(activity(), foretold=False)),
        ("foretold", None, record()),
        ("theory", False, record(activity(), foretold=False)),
        ("small_first", True, record(activity(), scale="one_team")),
        ("small_first", False, record(activity(), scale="all")),
        ("agrees", True, record(activity(), done="no", decision="adjust")),
        ("agrees", False, record(activity(), done="no", decision="keep")),
        ("agrees", True, record(activity(), done="no", decision="keep", why="Vi hann inte")),
        ("builds_on", None, record(activity())),
        ("three_points", None, record(activity())),
        ("ten_points", None, record(activity())),
    ],
)
def test_a_check_is_met_unmet_or_not_concerned(check: str, met: bool | None, given: Record) -> None:
    assert list_checks(given, [], [])[check] is met


@pytest.mark.parametrize(
    ("reviewed", "made_by_loop", "met"), [("9.1", None, True), ("8.1", None, False), ("8.1", 1, True)]
)
def test_a_loop_builds_on_an_earlier_one(reviewed: str, made_by_loop: int | None, met: bool) -> None:
    checks = list_checks(record(activity(from_loop=made_by_loop)), [{"activity_ref": reviewed}], [])
    assert checks["builds_on"] is met


@pytest.mark.parametrize(
    ("values", "gap", "met"), [([1, 2, 3], None, True), ([1, 2], None, False), ([1, 2, 3, 4], 2, False)]
)
def test_three_values_in_a_row_are_asked_for(values: list[float], gap: int | None, met: bool) -> None:
    found = list_checks(record(activity()), [], [series("1.1", "Plan", "process", values, gap=gap)])
    assert found["three_points"] is met


def test_a_claim_rests_on_ten_values_or_more() -> None:
    assert list_checks(record(activity()), [], [series("1.1", "Plan", "process", RISEN)])["ten_points"] is True


def test_checks_are_counted_where_they_concern() -> None:
    assert tell_checks({"a": True, "b": False, "c": None}) == (1, 2)


def test_the_cut_off_is_the_newest_period_with_a_value() -> None:
    assert data_until([PLAN, HEALTH]) == MONDAY + timedelta(weeks=11)
