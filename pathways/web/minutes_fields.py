"""The questions of the minutes' page, and its paper as the template shows it."""

from dataclasses import replace
from datetime import date

from pathways.documents.paper import NAMES, Block, Paper
from pathways.queries.choices import list_people
from pathways.queries.meeting_page import MeetingPage
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.forms import Field, Option
from pathways.web.posted import Posted
from pathways.web.visit import Visit

__all__ = ["Field", "approve_fields", "blocks_of", "day_of", "filled", "minutes_fields", "notice_fields"]


def minutes_fields(visit: Visit, work: UnitOfWork, page: MeetingPage) -> tuple[Field, ...]:
    """Return who led, wrote and approves, when it began and ended, and where the minutes are kept.

    Members approve: of a body without any, nobody is asked for.
    """
    say, row = visit.texts.say, page.minutes or {}
    everybody = list_people(work, region_id=visit.visitor.region_id)
    slugs = {one["id"]: str(one["slug"]) for one in everybody}
    people = tuple(Option(value=one["slug"], label=one["name"]) for one in everybody)
    there = {one.slug for one in page.members} | {slugs.get(one, "") for one in row.get("approver_ids") or ()}
    near = tuple(one for one in people if one.value in there)
    secretary = slugs.get(row.get("secretary_id") or visit.visitor.person_id, "")
    chosen = tuple(slugs.get(one, "") for one in row.get("approver_ids") or ())
    approvers = Field(
        name="approvers",
        label=say("web.decide.minutes.approvers"),
        help=say("web.decide.minutes.approvers_help"),
        kind="checkboxes",
        value=chosen,
        options=near,
    )
    time_help = say("web.decide.minutes.time_help")
    return (
        _who(say("web.decide.minutes.chair"), "chair", slugs.get(row.get("chair_id") or 0, ""), people),
        _who(say("web.decide.minutes.secretary"), "secretary", secretary, people),
        *((approvers,) if near else ()),
        Field(
            name="opened_at",
            label=say("web.decide.minutes.opened"),
            help=time_help,
            value=row.get("opened_at") or "",
            required=False,
        ),
        Field(
            name="closed_at",
            label=say("web.decide.minutes.closed"),
            help=time_help,
            value=row.get("closed_at") or "",
            required=False,
        ),
        Field(
            name="kept_at",
            label=say("web.decide.minutes.kept"),
            value=row.get("kept_at") or "",
            required=False,
            max_length=200,
        ),
    )


def approve_fields(visit: Visit) -> tuple[Field, ...]:
    """Return the day of the approval, the minutes' register number, and that they have been read."""
    say = visit.texts.say
    return (
        Field(
            name="approved_on", label=say("web.decide.minutes.approve_day"), kind="date", value=visit.today.isoformat()
        ),
        Field(
            name="register_no",
            label=say("web.decide.minutes.register"),
            help=say("web.decide.minutes.register_help"),
            required=False,
            max_length=40,
        ),
        Field(name="sure", label=say("web.decide.minutes.approve_sure"), kind="checkbox"),
    )


def notice_fields(visit: Visit, minutes: Row) -> tuple[Field, ...]:
    """Return when the notice is up, and when it comes down."""
    say = visit.texts.say
    up_on, down_on = minutes["notice_up_on"], minutes["notice_down_on"]
    return (
        Field(
            name="up_on",
            label=say("web.decide.minutes.up"),
            kind="date",
            value=(up_on or visit.today).isoformat(),
        ),
        Field(
            name="down_on",
            label=say("web.decide.minutes.down"),
            help=say("web.decide.minutes.down_help"),
            kind="date",
            value=down_on.isoformat() if down_on else "",
            required=False,
        ),
    )


def filled(field: Field, typed: Posted, errors: dict[str, str]) -> Field:
    """Return the field with what was typed, where its form was sent, and what is wrong with it."""
    if field.name in typed:
        return field.filled(typed, errors)
    return replace(field, error=errors.get(field.name, ""))


def blocks_of(paper: Paper) -> list[tuple[str, Block]]:
    """Return the paper's blocks with the names by which the template tells them apart."""
    return [(NAMES[type(block)], block) for block in paper.blocks]


def day_of(typed: str) -> date | None:
    """Return the day that was typed, or None where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _who(label: str, name: str, value: str, people: tuple[Option, ...]) -> Field:
    return Field(name=name, label=label, kind="select", options=people, value=value)
