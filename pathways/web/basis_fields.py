"""The questions of the decision basis: which meeting, and the parts that no data can tell."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pathways.errors import InvalidOrder, PathwaysError, Refused
from pathways.profiles.vocabulary import Matter
from pathways.queries.choices import list_meetings
from pathways.queries.decision_basis import BasisPage
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
MEETING, BODY, DAY = "meeting", "body", "meeting_on"
PARTS = ("basis", "background", "consequences", "proposal")
ROWS: Mapping[str, int] = {"basis": 4, "background": 8, "consequences": 8, "proposal": 6}
AHEAD = timedelta(days=550)
LONGEST = 8000


def build_fields(visit: Visit, work: UnitOfWork, typed: Typed, errors: Mapping[str, str]) -> list[Field]:
    """Return the questions with what was typed; an extra meeting is named by body and day."""
    say = visit.texts.say
    bodies = visit.profile.bodies_deciding(Matter.PLAN)
    meetings = list_meetings(
        work,
        region_id=visit.visitor.region_id,
        bodies=[body.slug for body in bodies],
        from_on=visit.today,
        until_on=visit.today + AHEAD,
    )
    fields = [
        Field(
            name=MEETING,
            label=say("web.plan.basis.field.meeting"),
            help=say("web.plan.basis.help.meeting"),
            kind="select",
            options=tuple(Option(value=_key(row), label=_told(visit, row)) for row in meetings),
        ),
        Field(
            name=BODY,
            label=say("web.plan.basis.field.body"),
            kind="select",
            options=tuple(Option(value=body.slug, label=body.name) for body in bodies),
            required=False,
        ),
        Field(name=DAY, label=say("web.plan.basis.field.meeting_on"), kind="date", required=False),
        *(_part(visit, name) for name in PARTS),
    ]
    return [one.filled(typed, errors) for one in fields]


def typed_of(visit: Visit, page: BasisPage) -> dict[str, list[str]]:
    """Return what the form begins with: the newest version, or a first suggestion where there is none."""
    newest = page.newest
    if newest is None:
        cost = page.ranking.plan.cost
        number = visit.formats.number
        proposal = visit.texts.say(
            "web.plan.basis.suggested", pathway=page.head.pathway, once=number(cost.once), yearly=number(cost.yearly)
        )
        return {"proposal": [proposal]}
    row = newest.row
    meeting = f"{newest.body_slug}|{row['meeting_on'].isoformat()}"
    texts = {name: [row["summary" if name == "basis" else name] or ""] for name in PARTS}
    return {MEETING: [meeting], **texts}


def order_data(typed: Typed) -> dict[str, object]:
    """Return the data of the command; a meeting named by body and day comes before one that was chosen."""
    data: dict[str, object] = {name: said for name in PARTS if (said := first(typed, name))}
    chosen_body, _, chosen_day = first(typed, MEETING).partition("|")
    by_hand = first(typed, BODY) and first(typed, DAY)
    body, day = (first(typed, BODY), first(typed, DAY)) if by_hand else (chosen_body, chosen_day)
    return {**data, **({"body": body} if body else {}), **({"meeting_on": day} if day else {})}


def faults_of(visit: Visit, error: PathwaysError) -> dict[str, str] | None:
    """Return what is wrong, by field; None where it is no matter of the form."""
    say = visit.texts.say
    match error:
        case InvalidOrder():
            names = {problem.field for problem in error.problems}
            faults = {name: say(f"web.plan.basis.fault.{name}", n=LONGEST) for name in PARTS if name in names}
            if names & {"body", "meeting_on"}:
                faults[MEETING] = say("web.plan.basis.fault.meeting")
            return faults
        case Refused() if error.sentence == "error.not_in_the_future":
            return {MEETING: say("web.plan.basis.fault.past")}
        case Refused() if error.sentence == "error.no_mandate":
            return {MEETING: say("web.plan.basis.fault.meeting")}
    return None


def _part(visit: Visit, name: str) -> Field:
    return Field(
        name=name,
        label=visit.texts.say(f"web.plan.basis.field.{name}"),
        help=visit.texts.say(f"web.plan.basis.help.{name}"),
        kind="area",
        rows=ROWS[name],
        required=name == "basis",
        max_length=LONGEST,
    )


def _key(row: Row) -> str:
    return f"{row['slug']}|{row['held_on'].isoformat()}"


def _told(visit: Visit, row: Row) -> str:
    day, body = visit.formats.day, row["short"] or row["name"]
    late = row["hand_in_on"] < visit.today
    sentence = "web.plan.basis.meeting_late" if late else "web.plan.basis.meeting_option"
    return visit.texts.say(sentence, body=body, day=day(row["held_on"]), hand_in=day(row["hand_in_on"]))
