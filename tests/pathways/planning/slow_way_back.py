"""The way back from a meeting worked out slowly and another way: day by day, from written-down rules and holidays.

Nothing of the product is used. The national days off are written out from the law's rules (SFS 1989:253 and SFS
1977:480 section 7) by hand-coded formulas; Easter comes from the table of Sundays below, copied from the almanac.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
EASTER = {
    2019: "04-21",
    2020: "04-12",
    2021: "04-04",
    2022: "04-17",
    2023: "04-09",
    2024: "03-31",
    2025: "04-20",
    2026: "04-05",
    2027: "03-28",
    2028: "04-16",
    2029: "04-01",
    2030: "04-21",
    2031: "04-13",
}
FIXED = ("01-01", "01-06", "05-01", "06-06", "12-24", "12-25", "12-26", "12-31")
SERIES = {  # Dalarna: weekday (Monday is 0), which one of the month, months
    "ksg": (2, 2, (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
    "lg_hs": (0, 3, (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
    "hsn": (1, 3, (2, 3, 4, 6, 9, 10, 11, 12)),
    "rs": (1, 2, (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
}
KNOWN = {
    "hsn": ("2020-12-01", "2021-04-20", "2021-11-23", "2022-02-22"),
    "rs": ("2021-06-08", "2021-10-27"),
}
STEPS = {  # step: calendar days before, days it takes, body whose meeting it is
    "hsn": (
        ("gap_analysis", 84, 42, ""),
        ("plan_draft", 70, 14, ""),
        ("comment_round", 49, 21, ""),
        ("ksg", 49, 0, "ksg"),
        ("lg_hs", 35, 0, "lg_hs"),
        ("hand_in", 28, 0, ""),
        ("committee", 14, 0, ""),
        ("summons", 7, 0, ""),
    ),
    "rs": (
        ("gap_analysis", 35, 21, ""),
        ("response_draft", 28, 7, ""),
        ("hand_in", 28, 0, ""),
        ("committee", 14, 0, ""),
        ("summons", 7, 0, ""),
    ),
}


def is_off(day: date) -> bool:
    """Say whether Sweden rests: a Saturday, a Sunday, a fixed day, or one that moves with Easter or midsummer."""
    if day.strftime("%a") in {"Sat", "Sun"} or f"{day:%m-%d}" in FIXED:
        return True
    easter = date.fromisoformat(f"{day.year}-{EASTER[day.year]}")
    moving = {easter - 2 * DAY, easter + DAY, easter + 39 * DAY}  # Good Friday, Easter Monday, Ascension
    midsummer_eve = next(date(day.year, 6, n) for n in range(19, 26) if date(day.year, 6, n).isoweekday() == 5)
    return day in moving or day == midsummer_eve


def earlier(day: date) -> date:
    """Walk back to a day that is worked."""
    while is_off(day):
        day -= DAY
    return day


def later(day: date) -> date:
    """Walk on to a day that is worked."""
    while is_off(day):
        day += DAY
    return day


def meetings(body: str, first: date, last: date) -> list[date]:
    """Look at every day of the years around: is it that weekday for the nth time in its month?"""
    weekday, nth, months = SERIES[body]
    known = [date.fromisoformat(day) for day in KNOWN.get(body, ())]
    months_known = {(day.year, day.month) for day in known}
    found, day = set(known), date(first.year, 1, 1)
    while day <= date(last.year, 12, 31):
        is_nth = day.weekday() == weekday and (day.day - 1) // 7 + 1 == nth
        if is_nth and day.month in months and (day.year, day.month) not in months_known:
            found.add(later(day))
        day += DAY
    return sorted(one for one in found if first <= one <= last)


def way_back(body: str, meeting_on: date) -> dict[str, tuple[date, date]]:
    """Return by step the day it begins and the day it is over, walking back from the meeting."""
    found: dict[str, tuple[date, date]] = {}
    lost, following = timedelta(0), meeting_on
    for step, before, lasts, group in reversed(STEPS[body]):
        usual = meeting_on - before * DAY
        if step in {"hand_in", "committee", "summons"}:
            usual = earlier(usual)
        over = earlier(min(usual - lost, following))
        if group:
            over = [day for day in meetings(group, over - 365 * DAY, over) if day <= over][-1]
            lost = max(lost, usual - over)
        following = over
        found[step] = (earlier(over - lasts * DAY), over)
    return found


def windows(year: int) -> list[tuple[date, date]]:
    """Return the four windows that open in a year, moved off days off."""
    spans = (((2, 15), (0, 4, 14)), ((4, 15), (0, 6, 14)), ((9, 15), (0, 11, 14)), ((11, 15), (1, 2, 14)))
    return [(later(date(year, *opens)), earlier(date(year + more, month, day))) for opens, (more, month, day) in spans]


def workdays_between(first: date, last: date) -> int:
    """Count the worked days after the first up to and with the last."""
    return sum(not is_off(first + n * DAY) for n in range(1, (last - first).days + 1))
