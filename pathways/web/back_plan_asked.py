"""What the back-planning page is asked to plan from: a body's meeting, or a consultation window, read from the address.

`?organ=hsn&dag=2026-12-15` or `?remiss=2026-11-16`, and perhaps `&steg=comment_round&dagar=14` for a step made shorter.
"""

from dataclasses import dataclass, replace
from datetime import date

from pathways.planning.consultation import Window, next_window, window_containing, windows_of
from pathways.planning.meetings import find_next_meeting
from pathways.profiles.schema import Body, Profile
from pathways.profiles.vocabulary import Matter
from pathways.queries.region_meetings import YEARS_AHEAD, YEARS_BACK
from pathways.queries.way_back import WayBack
from pathways.web.forms import Field, Option
from pathways.web.visit import Visit

BODY, DAY, WINDOW, STEP, DAYS = "organ", "dag", "remiss", "steg", "dagar"
WINDOWS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is planned back from: a body's meeting on a day, or a window in which the responding body is to decide."""

    body: Body | None = None
    meeting_on: date | None = None
    window: Window | None = None

    @property
    def query(self) -> str:
        """Return the part of the address that names it."""
        if self.window is not None:
            return f"?{WINDOW}={self.window.opens_on.isoformat()}"
        if self.body is None or self.meeting_on is None:
            return ""
        return f"?{BODY}={self.body.slug}&{DAY}={self.meeting_on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A goal that can be planned back from, or None with what is wrong at the fields; and a step to be shorter."""

    goal: Goal | None
    meeting_fields: tuple[Field, Field]
    window_field: Field
    step_fields: tuple[Field, Field]
    shorter: tuple[str, int] | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return every field, for the summary of what is wrong."""
        return (*self.meeting_fields, self.window_field, *self.step_fields)

    @property
    def has_errors(self) -> bool:
        """Say whether anything in the address could not be understood."""
        return any(one.error for one in self.fields)


def read_asked(visit: Visit, profile: Profile, way: WayBack) -> Asked:
    """Return what the address asks for; without a goal in it, the one that lies nearest for the introduction."""
    given = {name: visit.request.query_params.get(name, "").strip() for name in (BODY, DAY, WINDOW, STEP, DAYS)}
    body, day = _body_field(visit, profile, given[BODY]), _day_field(visit, given[DAY])
    window = _window_field(visit, given[WINDOW])
    step, days = _step_fields(visit, profile, given)
    wrong = any(one.error for one in (body, day, window))
    if given[WINDOW]:
        goal = None if wrong else Goal(window=_window_opening(given[WINDOW]))
    elif given[BODY] or given[DAY]:
        body, day = _both(visit, body, day)
        wrong = wrong or bool(body.error or day.error)
        found = profile.find_body(given[BODY])
        goal = None if wrong else Goal(body=found, meeting_on=date.fromisoformat(given[DAY]))
    else:
        goal = _nearest(visit, profile, way)
    if goal is not None and goal.body is not None and goal.meeting_on is not None:
        body, day = replace(body, value=goal.body.slug), replace(day, value=goal.meeting_on.isoformat())
    if goal is not None and goal.window is not None:
        window = _window_field(visit, goal.window.opens_on.isoformat())
    shorter = (given[STEP], int(given[DAYS])) if given[STEP] and not (step.error or days.error) else None
    return Asked(goal=goal, meeting_fields=(body, day), window_field=window, step_fields=(step, days), shorter=shorter)


def windows_around(today: date) -> list[Window]:
    """Return the window that is open and those that come next."""
    found = [one for one in (window_containing(today),) if one is not None]
    while len(found) < WINDOWS_SHOWN and (following := next_window(found[-1].opens_on if found else today)):
        found.append(following)
    return found


def _nearest(visit: Visit, profile: Profile, way: WayBack) -> Goal | None:
    """Return the chosen meeting; where a response is being written, its window; else the board's next meeting."""
    if way.meeting is not None and (body := profile.find_body(way.meeting[0])) is not None:
        return Goal(body=body, meeting_on=way.meeting[1])
    if way.wants_response and (open_now := window_containing(visit.today)) is not None:
        return Goal(window=open_now)
    board = next(iter(profile.bodies_deciding(Matter.PLAN)), None)
    if board is None:
        return None
    free, workdays = profile.meeting_free_months, profile.workdays
    meeting = find_next_meeting(board, visit.today, free_months=free, workdays=workdays)
    return Goal(body=board, meeting_on=meeting.meeting_on) if meeting else None


def _body_field(visit: Visit, profile: Profile, given: str) -> Field:
    known = [Option(value=body.slug, label=name_of(body)) for body in profile.bodies]
    error = visit.texts.say("web.calendar.back.unknown_body") if given and profile.find_body(given) is None else ""
    label = visit.texts.say("web.calendar.back.body")
    return Field(name=BODY, label=label, kind="select", value=given, error=error, options=tuple(known))


def _day_field(visit: Visit, given: str) -> Field:
    field = Field(name=DAY, label=visit.texts.say("web.calendar.back.day"), kind="date", value=given)
    first, last = date(visit.today.year - YEARS_BACK, 1, 1), date(visit.today.year + YEARS_AHEAD, 12, 31)
    if not given:
        return field
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return replace(field, error=visit.texts.say("web.calendar.back.no_date", given=given[:40]))
    if first <= day <= last:
        return field
    told = {"first": visit.formats.day(first), "last": visit.formats.day(last)}
    return replace(field, error=visit.texts.say("web.calendar.back.too_far", **told))


def _both(visit: Visit, body: Field, day: Field) -> tuple[Field, Field]:
    """Return the two fields of a meeting, with what is missing said where only one of them was given."""
    if not body.value:
        body = replace(body, error=visit.texts.say("web.calendar.back.body_missing"))
    if not day.value:
        day = replace(day, error=visit.texts.say("web.calendar.back.day_missing"))
    return body, day


def _window_field(visit: Visit, given: str) -> Field:
    shown = windows_around(visit.today)
    asked = _window_opening(given)
    if asked is not None and asked not in shown:
        shown = [asked, *shown]
    options = tuple(Option(value=one.opens_on.isoformat(), label=window_name(visit, one)) for one in shown)
    error = visit.texts.say("web.calendar.back.unknown_window") if given and asked is None else ""
    label = visit.texts.say("web.calendar.back.window")
    return Field(name=WINDOW, label=label, kind="select", value=given, error=error, options=options)


def _window_opening(given: str) -> Window | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return next((one for one in windows_of(day.year) if one.opens_on == day), None)


def _step_fields(visit: Visit, profile: Profile, given: dict[str, str]) -> tuple[Field, Field]:
    lasting = {rule.step: rule.title for rule in profile.backward_plan if rule.lasts_days}
    options = tuple(Option(value=step, label=title.in_language(visit.language)) for step, title in lasting.items())
    step = Field(
        name=STEP,
        label=visit.texts.say("web.calendar.back.step"),
        kind="select",
        value=given[STEP],
        options=options,
        required=False,
        error=visit.texts.say("web.calendar.back.unknown_step") if given[STEP] and given[STEP] not in lasting else "",
    )
    wrong = bool(given[STEP]) and not (given[DAYS].isdecimal() and len(given[DAYS]) < 4 and int(given[DAYS]) > 0)
    days = Field(
        name=DAYS,
        label=visit.texts.say("web.calendar.back.days"),
        kind="number",
        value=given[DAYS],
        required=False,
        error=visit.texts.say("web.calendar.back.no_number") if wrong else "",
    )
    return step, days


def name_of(body: Body) -> str:
    """Return what a body is called in short."""
    return body.short or body.name


def window_name(visit: Visit, window: Window) -> str:
    """Return a window by its first and last day."""
    days = {"opens": visit.formats.day(window.opens_on), "closes": visit.formats.day(window.closes_on)}
    return visit.texts.say("web.calendar.window", **days)
