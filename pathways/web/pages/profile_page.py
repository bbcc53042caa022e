"""`/min-profil`: what a person changes about themselves, when they are away, and what Förlopp has sent to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError, Refused, Unknown
from pathways.locale import LANGUAGES
from pathways.profiles.vocabulary import Role
from pathways.queries.choices import list_people
from pathways.queries.own_messages import list_own_messages
from pathways.services.absence import NewAbsence, count_open_tasks, end_absence, list_absences, record_absence
from pathways.services.access.session import choose_language
from pathways.services.own_profile import (
    NAME_LENGTH,
    OwnProfile,
    ask_for_trial,
    change_own_profile,
    get_own_profile,
)
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.office import office_of
from pathways.web.posted import FormDep
from pathways.web.refusals import status_of
from pathways.web.task_carry import in_words
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HERE = "/min-profil"
UNREADABLE = 422
Typed = Mapping[str, Sequence[str]]
AT_FIELD: Mapping[str, str] = {
    "error.own_name": "own_name",
    "error.own_language": "language",
    "error.own_address": "address",
    "error.absence_backwards": "away_until",
    "error.absence_over": "away_until",
    "error.absence_too_long": "away_until",
    "error.absence_clashes": "away_from",
    "error.absence_own_substitute": "substitute",
    "error.unknown_person": "substitute",
}
"""The question that a refusal is about."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was typed into one of the page's forms, and what is wrong with it."""

    form: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@router.get(HERE)
def profile(visit: VisitDep) -> Response:
    """Show the page."""
    return _show(visit)


@router.post(HERE)
def change(visit: VisitDep, form: FormDep) -> Response:
    """Keep name, language and address."""
    new = OwnProfile(name=first(form, "own_name"), language=first(form, "language"), address=first(form, "address"))

    def write(work: UnitOfWork) -> list[str]:
        changed = change_own_profile(work, visit.visitor.person_id, new)
        choose_language(work, visit.visitor.session_id, new.language)
        if changed:
            office_of(visit, work).record("change_person", visit.visitor.slug, fields=changed)
        return changed

    try:
        changed = visit.app.retry(write)
    except Refused as error:
        return _refused(visit, form, error)
    is_moved = "address" in changed and bool(new.address)
    return visit.redirect(HERE, "web.work.told.profile_moved" if is_moved else "web.work.told.profile")


@router.post(f"{HERE}/prov")
def send_trial(visit: VisitDep, form: FormDep) -> Response:
    """Send a message that shows whether messages arrive."""
    visitor, key = visit.visitor, keys_of(form).command_id[:60]

    def put(work: UnitOfWork) -> None:
        ask_for_trial(work, person_id=visitor.person_id, region_code=visitor.region_code, key=key)

    visit.app.retry(put)
    return visit.redirect(HERE, "web.work.told.trial")


@router.post(f"{HERE}/borta")
def go_away(visit: VisitDep, form: FormDep) -> Response:
    """Keep an absence and who takes over."""
    days = {name: _day(first(form, name)) for name in ("away_from", "away_until")}
    if wrong := {name: _wrong_day(visit, first(form, name)) for name, day in days.items() if day is None}:
        return _show(visit, Trouble(form, wrong), status=UNREADABLE)
    from_on, until_on = days["away_from"], days["away_until"]
    assert from_on is not None
    assert until_on is not None
    new = NewAbsence(from_on=from_on, until_on=until_on, substitute=first(form, "substitute") or None)
    mine = {"region_id": visit.visitor.region_id, "person_id": visit.visitor.person_id}

    def write(work: UnitOfWork) -> None:
        record_absence(work, **mine, new=new, today=visit.today)
        days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        office_of(visit, work).record("record_absence", visit.visitor.slug, **days)

    try:
        visit.app.retry(write)
    except (Refused, Unknown) as error:
        return _refused(visit, form, error)
    return visit.redirect(HERE, "web.work.told.away")


@router.post(f"{HERE}/borta/{{absence}}/avsluta")
def come_back(visit: VisitDep, absence: int) -> Response:
    """End an absence."""
    person_id = visit.visitor.person_id

    def end(work: UnitOfWork) -> None:
        end_absence(work, person_id=person_id, absence_id=absence, today=visit.today)
        office_of(visit, work).record("end_absence", visit.visitor.slug)

    try:
        visit.app.retry(end)
    except Unknown:
        raise NotFound from None
    return visit.redirect(HERE, "web.work.told.back")


def _show(visit: Visit, trouble: Trouble | None = None, *, status: int = 200) -> Response:
    visitor = visit.visitor
    with visit.read() as work:
        own = get_own_profile(work, visitor.person_id)
        absences = list_absences(work, person_id=visitor.person_id, today=visit.today)
        open_tasks = count_open_tasks(work, person_id=visitor.person_id)
        messages = list_own_messages(work, person_id=visitor.person_id, region_code=visitor.region_code)
        people = list_people(work, region_id=visitor.region_id)
    others = tuple(Option(value=row["slug"], label=row["name"]) for row in people if row["id"] != visitor.person_id)
    fields, away = _own_fields(visit, own), _away_fields(visit, others)
    if trouble is not None:
        fields = [one.filled(trouble.form, trouble.errors) if one.name in trouble.form else one for one in fields]
        away = [one.filled(trouble.form, trouble.errors) if one.name in trouble.form else one for one in away]
    return visit.page(
        "work/profile.html",
        status,
        own=own,
        fields=fields,
        away=away,
        faulty=[one for one in (*fields, *away) if one.error],
        has_errors=status != 200,
        absences=absences,
        open_tasks=open_tasks,
        messages=[(one, _reason(visit, one.why)) for one in messages],
        keys=Keys(),
        has_mail=bool(own.address),
    )


def _own_fields(visit: Visit, own: OwnProfile) -> list[Field]:
    say = visit.texts.say
    languages = tuple(Option(value=code, label=say(f"web.work.language.{code}")) for code in LANGUAGES)
    return [
        Field(
            name="own_name",
            label=say("web.work.field.own_name"),
            value=own.name,
            autocomplete="name",
            max_length=NAME_LENGTH,
        ),
        Field(
            name="language",
            label=say("web.work.field.language"),
            kind="radios",
            value=own.language,
            options=languages,
        ),
        Field(
            name="address",
            label=say("web.work.field.address"),
            help=say("web.work.help.address"),
            value=own.address,
            required=False,
            autocomplete="email",
        ),
    ]


def _away_fields(visit: Visit, others: tuple[Option, ...]) -> list[Field]:
    say = visit.texts.say
    nobody = Option(value="", label=say("web.work.nobody"))
    return [
        Field(name="away_from", label=say("web.work.field.away_from"), kind="date"),
        Field(name="away_until", label=say("web.work.field.away_until"), kind="date"),
        Field(
            name="substitute",
            label=say("web.work.field.substitute"),
            help=say("web.work.help.substitute"),
            kind="select",
            options=(nobody, *others),
            required=False,
        ),
    ]


def _refused(visit: Visit, form: Typed, error: PathwaysError) -> Response:
    """A refusal of what was typed belongs to its question."""
    at = AT_FIELD[error.sentence]
    typed = {**form, at: form.get(at, [""])}
    status = status_of(error) if error.sentence == "error.absence_clashes" else UNREADABLE
    return _show(visit, Trouble(typed, {at: in_words(visit, error)}), status=status)


def _reason(visit: Visit, why: str) -> str:
    """Return why a message was sent, as a line of a list has room for it."""
    reason = why.removeprefix("why.")
    if reason in set(Role):
        return visit.texts.say("web.work.sent.role", role=visit.texts.word("role", reason))
    return visit.texts.word("web.work.reason", reason)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _wrong_day(visit: Visit, typed: str) -> str:
    return visit.texts.say("web.work.day_wrong" if typed else "web.work.day_missing", given=typed)
