"""The questions around a hold check: whom to ask and until when, and who sees to what turned out weakest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.profiles.vocabulary import Role
from pathways.queries.choices import list_people
from pathways.queries.holding import HoldPage
from pathways.services.announce import TEAM
from pathways.services.hold.checks import BEFORE_CELEBRATION
from pathways.services.hold.close_hold_check import LEAD_WORKDAYS
from pathways.services.hold.lines import FEWEST
from pathways.services.plan.parts import LONG
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.forms import Field, Option
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
PEOPLE, OTHERS, DUE_ON, MONTHS = "people", "others", "due_on", "months"
OWNER, REASON = "owner", "reason"
USUAL_WORKDAYS = 10


@dataclass(frozen=True, slots=True)
class Around:
    """The people of the region: those who work with the introduction, and all others."""

    near: tuple[Row, ...]
    others: tuple[Row, ...]


def load_around(visit: Visit, work: UnitOfWork, introduction_id: int) -> Around:
    """Return everybody who may be asked; patients' representatives are never named."""
    region_id = visit.visitor.region_id
    roster = roster_of(work, introduction_id=introduction_id, region_id=region_id, today=visit.today)
    near = {*roster.holders(*TEAM, Role.UNIT_REPRESENTATIVE)}
    hidden = {*roster.holders(Role.PATIENT_REPRESENTATIVE)}
    people = [row for row in list_people(work, region_id=region_id) if row["id"] not in hidden]
    return Around(
        tuple(row for row in people if row["id"] in near), tuple(row for row in people if row["id"] not in near)
    )


def ask_fields(
    visit: Visit, page: HoldPage, around: Around, typed: Typed, errors: Mapping[str, str]
) -> dict[str, Field]:
    """Return whom to ask, until when, and about which moment where there are several."""
    say = visit.texts.say
    day = visit.profile.workdays.add(visit.today, USUAL_WORKDAYS).isoformat()
    near = Field(
        name=PEOPLE,
        label=say("web.hold.ask_form.people"),
        help=say("web.hold.ask_form.people_help", n=FEWEST),
        kind="checkboxes",
        options=_people(around.near),
        value=() if page.open else tuple(row["slug"] for row in around.near),
    )
    others = Field(
        name=OTHERS,
        label=say("web.hold.ask_form.others"),
        kind="checkboxes",
        options=_people(around.others),
        required=False,
    )
    due_on = Field(name=DUE_ON, label=say("web.hold.ask_form.due_on"), kind="date", value=day)
    months = Field(
        name=MONTHS,
        label=say("web.hold.ask_form.months"),
        kind="radios" if len(page.ahead) > 1 else "hidden",
        options=tuple(Option(value=str(one), label=moment_of(visit, one)) for one in page.ahead),
        value=str(page.open.months if page.open else next(iter(page.ahead), BEFORE_CELEBRATION)),
    )
    fields = (near, others, due_on, months)
    return {one.name: one.filled(typed, errors) if typed else one for one in fields}


def close_fields(visit: Visit, page: HoldPage, around: Around, typed: Typed, errors: Mapping[str, str]) -> list[Field]:
    """Return who sees to the two lowest lines and by when; where too few have answered, why it is given up."""
    say = visit.texts.say
    if page.open is None or not page.open.can_close:
        reason = Field(name=REASON, label=say("web.hold.close_form.reason"), kind="area", rows=3, max_length=LONG)
        return [reason.filled(typed, errors) if typed else reason]
    owner = Field(
        name=OWNER,
        label=say("web.hold.close_form.owner"),
        help=say("web.hold.close_form.owner_help"),
        kind="select",
        options=(
            Option(value="", label=say("web.hold.close_form.usual_owner")),
            *_people((*around.near, *around.others)),
        ),
        required=False,
    )
    day = visit.profile.workdays.add(visit.today, LEAD_WORKDAYS).isoformat()
    due_on = Field(name=DUE_ON, label=say("web.hold.close_form.due_on"), kind="date", value=day)
    return [one.filled(typed, errors) if typed else one for one in (owner, due_on)]


def moment_of(visit: Visit, months: int) -> str:
    """Return when a check is made, in words."""
    return (
        visit.texts.say("web.hold.before")
        if months == BEFORE_CELEBRATION
        else visit.texts.say("web.hold.after", n=months)
    )


def _people(rows: Sequence[Row]) -> tuple[Option, ...]:
    return tuple(
        Option(value=row["slug"], label=f"{row['name']}, {row['unit']}" if row["unit"] else row["name"]) for row in rows
    )
