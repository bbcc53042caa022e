"""The questions about an item of an agenda, and the order that the answers are."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from pathways.errors import InvalidOrder
from pathways.models.meeting import ItemKind
from pathways.profiles.vocabulary import Matter
from pathways.queries.choices import list_people
from pathways.queries.meeting_choices import list_meetings_ahead, list_open_introductions
from pathways.queries.meeting_page import ItemLine
from pathways.services.meeting.item import ItemOrder
from pathways.services.orders import problems_of
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.command_refused import PROBLEMS
from pathways.web.forms import Field, Option, errors_by_field, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
NAMES = ("title", "kind", "matter", "introduction", "presenter", "starts_at", "minutes", "proposal")
MEETING, LATE = "meeting", "although_late"
AT = {
    "error.no_mandate": "matter",
    "error.item_needs_matter": "matter",
    "error.item_known": "title",
    "error.slot_without_start": "starts_at",
    "error.presenter_left": "presenter",
    "error.hand_in_past": LATE,
    "error.hand_in_past_for_good": LATE,
    "error.meeting_cancelled": MEETING,
    "error.minutes_approved": MEETING,
}
"""The question that each rule is about."""


def item_fields(visit: Visit, work: UnitOfWork, *, about: bool, late: bool) -> list[Field]:
    """Return the questions; `about` asks for the introduction, `late` for the reason after the last day to hand in."""
    say, region_id = visit.texts.say, visit.visitor.region_id
    people = tuple(Option(value=row["slug"], label=row["name"]) for row in list_people(work, region_id=region_id))
    kinds = tuple(Option(value=one.value, label=say(f"web.meeting.kind.{one.value}")) for one in ItemKind)
    matters = tuple(Option(value=one.value, label=_begin(say(f"web.meeting.matter.{one.value}"))) for one in Matter)
    fields = [
        Field(
            name="title", label=say("web.meeting.field.title"), help=say("web.meeting.field.title_help"), max_length=200
        ),
        Field(name="kind", label=say("web.meeting.field.kind"), kind="radios", options=kinds, value=ItemKind.DECISION),
        Field(
            name="matter",
            label=say("web.meeting.field.matter"),
            help=say("web.meeting.field.matter_help"),
            kind="select",
            options=matters,
            required=False,
        ),
    ]
    if about:
        fields.append(_introductions(visit, work))
    fields += [
        Field(
            name="presenter", label=say("web.meeting.field.presenter"), kind="select", options=people, required=False
        ),
        Field(
            name="starts_at",
            label=say("web.meeting.field.starts_at"),
            help=say("web.meeting.field.starts_at_help"),
            required=False,
        ),
        Field(name="minutes", label=say("web.meeting.field.minutes"), kind="number", required=False),
        Field(name="proposal", label=say("web.meeting.field.proposal"), kind="area", max_length=8000, required=False),
    ]
    return [*fields, late_field(visit)] if late else fields


def late_field(visit: Visit) -> Field:
    """Return the question why an item comes after the last day to hand in."""
    say = visit.texts.say
    return Field(
        name=LATE,
        label=say("web.meeting.field.although_late"),
        help=say("web.meeting.field.although_late_help"),
        kind="area",
        rows=2,
        max_length=500,
        required=False,
    )


def meeting_field(visit: Visit, work: UnitOfWork) -> Field:
    """Return the question at which meeting."""
    say, day = visit.texts.say, visit.formats.day
    rows = list_meetings_ahead(work, region_id=visit.visitor.region_id, today=visit.today)
    options = tuple(
        Option(
            value=f"{row['slug']}/{row['held_on'].isoformat()}",
            label=say(
                "web.meeting.field.meeting_option",
                body=row["short"] or row["name"],
                day=day(row["held_on"]),
                hand_in=day(row["hand_in_on"]),
            ),
        )
        for row in rows
    )
    return Field(name=MEETING, label=say("web.meeting.field.meeting"), kind="select", options=options)


def typed_of(item: ItemLine) -> dict[str, list[str]]:
    """Return an item's answers as a form would hold them."""
    row = item.row
    known = {**row, "presenter": row["presenter_slug"]}
    return {name: [str(known[name])] for name in NAMES if name != "introduction" and known[name] is not None}


def order_of(form: Typed) -> ItemOrder:
    """Return the order that a form gives; raise `InvalidOrder` with every problem."""
    data = {name: said for name in NAMES if (said := first(form, name))}
    try:
        return ItemOrder.model_validate(data)
    except ValidationError as error:
        raise problems_of("add_item", error) from error


def faults_in(visit: Visit, error: InvalidOrder) -> dict[str, str]:
    """Return what is wrong, by question."""
    said = errors_by_field(error)
    return {
        name: " ".join(_fault(visit, name, sentence, values) for sentence, values in problems)
        for name, problems in said.items()
    }


def _fault(visit: Visit, name: str, sentence: str, values: Mapping[str, str | int]) -> str:
    """Return the fault as a sentence that stands alone in the summary of faults: it names its question."""
    label = visit.texts.say(f"web.meeting.field.{name}")
    if sentence in PROBLEMS:
        told = {"given": "", "expected": "", **values, "label": label}
        return visit.wording.sentence(f"web.intro.problem.{sentence}", told)
    return f"{label}: {visit.wording.sentence(sentence, values)}."


def _introductions(visit: Visit, work: UnitOfWork) -> Field:
    say = visit.texts.say
    rows = list_open_introductions(work, region_id=visit.visitor.region_id)
    options = (
        Option(value="", label=say("web.meeting.field.introduction_none")),
        *(Option(value=row["slug"], label=row["name"]) for row in rows),
    )
    label = say("web.meeting.field.introduction")
    return Field(name="introduction", label=label, kind="select", options=options, required=False)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
