"""`/admin/organ`, `/admin/stangda-dagar` and `/admin/franvaro`: meetings of bodies, closing days, who is away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused, Unknown
from pathways.planning.meetings import usual_setting
from pathways.queries.register import list_persons
from pathways.services.absence import NewAbsence, end_absence, list_absences, record_absence
from pathways.services.administration.calendar import (
    add_closing_day,
    add_meeting,
    list_bodies,
    list_closing_days,
    remove_closing_day,
)
from pathways.services.administration.office import Office
from pathways.services.meeting.plan_meeting import cancel_and_tell
from pathways.storage.unit_of_work import Row
from pathways.web.forms import YES, Field, Option, first
from pathways.web.office import Cell, Form, Line, Press, Sheet, administer, filled, look, show_sheet, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
BODIES, DAYS, AWAY = "/admin/organ", "/admin/stangda-dagar", "/admin/franvaro"
Typed = Mapping[str, Sequence[str]]


@router.get(BODIES)
def bodies(visit: VisitDep) -> Response:
    """Show the meetings ahead of every body."""
    return _bodies(visit)


@router.post(BODIES)
def new_meeting(visit: VisitDep, form: FormDep) -> Response:
    """Add a meeting; on a day off it is warned once, with the nearest working days."""
    held_on, hand_in_on = _day(first(form, "held_on")), _day(first(form, "hand_in_on"))
    errors = _wrong_days(visit, form, "held_on", "hand_in_on")
    body = first(form, "body")
    if not body:
        errors["body"] = visit.texts.say("web.admin.choose_body")
    if errors or held_on is None or hand_in_on is None:
        return _bodies(visit, form=form, errors=errors, status=422)
    although_free = first(form, "although_free") == YES

    def add(office: Office) -> None:
        add_meeting(
            office,
            body,
            held_on=held_on,
            hand_in_on=hand_in_on,
            workdays=visit.profile.workdays,
            although_free=although_free,
            setting=usual_setting(visit.profile.find_body(body)),
        )

    try:
        administer(visit, "manage_bodies", add)
    except (Refused, Unknown) as error:
        at = {"error.hand_in_after": "hand_in_on", "error.unknown_body": "body"}.get(error.sentence, "held_on")
        return _bodies(visit, form=form, errors={at: words_of(visit, error)[1]}, status=422)
    return visit.redirect(BODIES, "web.admin.told.meeting_added", day=visit.formats.day(held_on))


@router.post(f"{BODIES}/{{body}}/{{day}}/stall-in")
def cancel(visit: VisitDep, body: str, day: str) -> Response:
    """Cancel a meeting."""
    held_on = _day(day)
    if held_on is None:
        raise NotFound
    try:
        administer(
            visit, "manage_bodies", lambda office: cancel_and_tell(office, body, held_on=held_on, profile=visit.profile)
        )
    except Refused as error:
        return _bodies(visit, others=[words_of(visit, error)[1]], status=409)
    return visit.redirect(BODIES, "web.admin.told.meeting_cancelled", day=visit.formats.day(held_on))


@router.get(DAYS)
def closing_days(visit: VisitDep) -> Response:
    """Show the days on which the region is closed."""
    return _days(visit)


@router.post(DAYS)
def new_closing_day(visit: VisitDep, form: FormDep) -> Response:
    """Add a closing day."""
    closed_on, errors = _day(first(form, "closed_on")), _wrong_days(visit, form, "closed_on")
    if closed_on is None:
        return _days(visit, form=form, errors=errors, status=422)
    try:
        administer(visit, "manage_closing_days", lambda office: add_closing_day(office, closed_on))
    except Refused as error:
        return _days(visit, form=form, errors={"closed_on": words_of(visit, error)[1]}, status=422)
    return visit.redirect(DAYS, "web.admin.told.closing_day_added", day=visit.formats.day(closed_on))


@router.post(f"{DAYS}/{{day}}/ta-bort")
def no_closing_day(visit: VisitDep, day: str) -> Response:
    """Take a closing day away."""
    closed_on = _day(day)
    if closed_on is None:
        raise NotFound
    administer(visit, "manage_closing_days", lambda office: remove_closing_day(office, closed_on))
    return visit.redirect(DAYS, "web.admin.told.closing_day_removed", day=visit.formats.day(closed_on))


@router.get(AWAY)
def absences(visit: VisitDep) -> Response:
    """Show who is away, and who takes over."""
    return _away(visit)


@router.post(AWAY)
def new_absence(visit: VisitDep, form: FormDep) -> Response:
    """Record that somebody is away."""
    from_on, until_on = _day(first(form, "from_on")), _day(first(form, "until_on"))
    errors = _wrong_days(visit, form, "from_on", "until_on")
    if not first(form, "person"):
        errors["person"] = visit.texts.say("web.admin.choose_person")
    if errors or from_on is None or until_on is None:
        return _away(visit, form=form, errors=errors, status=422)

    def record(office: Office) -> None:
        person = office.person(first(form, "person"))
        new = NewAbsence(from_on=from_on, until_on=until_on, substitute=first(form, "substitute") or None)
        record_absence(office.work, region_id=office.region_id, person_id=person["id"], new=new, today=office.today)
        office.record("record_absence", person["slug"], from_on=from_on.isoformat(), until_on=until_on.isoformat())

    try:
        administer(visit, "manage_absences", record)
    except (Refused, Unknown) as error:
        at = {"error.absence_own_substitute": "substitute", "error.absence_clashes": "from_on"}
        return _away(
            visit, form=form, errors={at.get(error.sentence, "until_on"): words_of(visit, error)[1]}, status=422
        )
    return visit.redirect(AWAY, "web.admin.told.absence")


@router.post(f"{AWAY}/{{person}}/{{absence}}/avsluta")
def no_absence(visit: VisitDep, person: str, absence: int) -> Response:
    """End an absence."""

    def end(office: Office) -> None:
        row = office.person(person)
        end_absence(office.work, person_id=row["id"], absence_id=absence, today=office.today)
        office.record("end_absence", row["slug"])

    administer(visit, "manage_absences", end)
    return visit.redirect(AWAY, "web.admin.told.absence_ended")


def _bodies(
    visit: Visit,
    *,
    form: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
    status: int = 200,
) -> Response:
    say = visit.texts.say
    shown = look(visit, "manage_bodies", list_bodies)
    ahead = sorted(
        ((meeting, body) for body, meetings in shown for meeting in meetings), key=lambda pair: pair[0]["held_on"]
    )
    lines = tuple(_meeting(visit, meeting, body["slug"], body["short"] or body["name"]) for meeting, body in ahead)
    sheet = Sheet(
        title=say("web.admin.room.bodies"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("meeting", "body", "hand_in")),
        lines=lines,
        empty=say("web.admin.empty.meetings"),
        intro=say("web.admin.bodies_intro"),
    )
    fields = (
        Field(
            name="body",
            label=say("web.admin.head.body"),
            kind="select",
            options=tuple(Option(value=body["slug"], label=body["name"]) for body, _ in shown),
        ),
        Field(name="held_on", label=say("web.admin.field.held_on"), kind="date"),
        Field(name="hand_in_on", label=say("web.admin.field.hand_in_on"), kind="date"),
        Field(
            name="although_free", label=say("web.admin.field.although_free"), kind="checkbox", value="", required=False
        ),
    )
    new = _form(visit, BODIES, fields, "meeting", form, errors)
    return show_sheet(visit, sheet, forms=[new], status=status, others=others)


def _meeting(visit: Visit, meeting: Row, slug: str, name: str) -> Line:
    formats, held_on = visit.formats, meeting["held_on"]
    cancel = f"{BODIES}/{slug}/{held_on.isoformat()}/stall-in"
    press = Press(cancel, visit.texts.say("web.admin.cancel_meeting"), f"{name} {formats.day(held_on)}")
    page = f"/moten/{slug}/{held_on.isoformat()}"
    cells = (
        Cell(formats.long_day(held_on).capitalize(), href=page),
        Cell(name),
        Cell(formats.day(meeting["hand_in_on"])),
    )
    return Line(cells, (press,))


def _days(
    visit: Visit, *, form: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    say, formats = visit.texts.say, visit.formats
    days = look(visit, "manage_closing_days", list_closing_days)
    lines = tuple(
        Line(
            (Cell(formats.long_day(day).capitalize()),),
            (Press(f"{DAYS}/{day.isoformat()}/ta-bort", say("web.frame.remove"), formats.day(day)),),
        )
        for day in days
    )
    sheet = Sheet(
        title=say("web.admin.room.closing_days"),
        heads=(say("web.admin.head.day"),),
        lines=lines,
        empty=say("web.admin.empty.closing_days"),
        intro=say("web.admin.closing_days_intro"),
    )
    fields = (Field(name="closed_on", label=say("web.admin.head.day"), kind="date"),)
    return show_sheet(visit, sheet, forms=[_form(visit, DAYS, fields, "closing_day", form, errors)], status=status)


def _away(
    visit: Visit, *, form: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    say, formats = visit.texts.say, visit.formats
    visit.require("manage_absences")
    with visit.read() as work:
        people = [one for one in list_persons(work, region_id=visit.visitor.region_id) if one.active]
        away = [
            (person, absence)
            for person in people
            for absence in list_absences(work, person_id=person.person_id, today=visit.today)
        ]
    lines = tuple(
        Line(
            (
                Cell(person.name),
                Cell(f"{formats.day(absence.from_on)} – {formats.day(absence.until_on)}"),
                Cell(absence.substitute or say("web.admin.nobody")),
            ),
            (Press(f"{AWAY}/{person.slug}/{absence.absence_id}/avsluta", say("web.admin.end"), person.name),),
        )
        for person, absence in away
    )
    sheet = Sheet(
        title=say("web.admin.room.absences"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("name", "days", "substitute")),
        lines=lines,
        empty=say("web.admin.empty.absences"),
        intro=say("web.admin.absences_intro"),
    )
    options = tuple(Option(value=one.slug, label=one.name) for one in people)
    fields = (
        Field(name="person", label=say("web.admin.head.name"), kind="select", options=options),
        Field(name="from_on", label=say("web.admin.field.from_on"), kind="date"),
        Field(name="until_on", label=say("web.admin.field.until_on"), kind="date"),
        Field(
            name="substitute", label=say("web.admin.head.substitute"), kind="select", options=options, required=False
        ),
    )
    return show_sheet(visit, sheet, forms=[_form(visit, AWAY, fields, "absence", form, errors)], status=status)


def _form(
    visit: Visit,
    action: str,
    fields: tuple[Field, ...],
    what: str,
    form: Typed | None,
    errors: Mapping[str, str] | None,
) -> Form:
    shown = filled(fields, form, errors or {}) if form is not None else fields
    title = visit.texts.word("web.admin.new", what)
    return Form(action=action, fields=shown, button=visit.texts.say("web.frame.save"), title=title)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wrong_days(visit: Visit, form: Typed, *names: str) -> dict[str, str]:
    example = (visit.today + timedelta(days=30)).isoformat()
    return {
        name: visit.texts.say("web.admin.no_day", example=example) for name in names if _day(first(form, name)) is None
    }
