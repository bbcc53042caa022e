"""What an item of an agenda is made of, and the rules that every such item keeps."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import select

from pathways.errors import Refused, Unknown
from pathways.models.introduction import Introduction
from pathways.models.meeting import ItemKind
from pathways.models.organisation import Meeting
from pathways.planning.meetings import find_next_meeting
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.services.administration.office import Office
from pathways.services.ask import Order
from pathways.services.meeting.sitting import Sitting, standing_items
from pathways.storage.unit_of_work import table_of

_introduction, _meeting = table_of(Introduction), table_of(Meeting)


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3])[:.][0-5]\d", text):
        raise PydanticCustomError("wall_clock", "a time on the clock is written 09:30")
    return text.replace(".", ":")


Title = Annotated[str, Field(min_length=3, max_length=200)]
WallClock = Annotated[str, AfterValidator(_clock)]


class ItemOrder(Order):
    """An item as it is to stand: people and introductions by slug, the time as a clock and a length in minutes."""

    title: Title
    kind: ItemKind
    matter: Matter | None = None
    introduction: str | None = None
    presenter: str | None = None
    starts_at: WallClock | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    proposal: Annotated[str, StringConstraints(min_length=3, max_length=8000)] | None = None


def columns_of(
    office: Office, sitting: Sitting, item: ItemOrder, *, profile: Profile, about: int | None = None
) -> dict[str, object]:
    """Return the columns of an item that the meeting may have; `about` is the introduction of one that stands.

    Refused are a decision outside the body's mandate, a presenter or introduction that the region does not know, and
    a length without a time to begin.
    """
    if about is None and item.introduction:
        about = _introduction_of(office, item.introduction)
    if item.kind is ItemKind.DECISION:
        refuse_without_mandate(sitting.body, item.matter, has_introduction=about is not None, profile=profile)
    if item.minutes is not None and item.starts_at is None:
        raise Refused("error.slot_without_start", minutes=item.minutes)
    presenter = office.person(item.presenter) if item.presenter else None
    if presenter is not None and not presenter["active"]:
        raise Refused("error.presenter_left", name=presenter["slug"])
    return {
        **item.model_dump(include={"title", "kind", "matter", "starts_at", "minutes", "proposal"}),
        "introduction_id": about,
        "presenter_id": presenter["id"] if presenter is not None else None,
    }


def refuse_without_mandate(body: str, matter: Matter | None, *, has_introduction: bool, profile: Profile) -> None:
    """Refuse a decision that the body may not take. Those may that decide the matter, and those on its way there.

    A body decides its own affairs without a matter; about an introduction the matter must be said.
    """
    if matter is None:
        if has_introduction:
            raise Refused("error.item_needs_matter")
        return
    deciding = {one.slug for one in profile.bodies_deciding(matter)}
    may = deciding | (set(profile.chain_of(matter)) if deciding else set())
    if body not in may:
        raise Refused("error.no_mandate", body=body, bodies=", ".join(sorted(may)))


def refuse_late(office: Office, sitting: Sitting, *, profile: Profile) -> None:
    """Refuse what comes after the last day to hand in, and tell the next meeting that can still be met."""
    if office.today <= sitting.hand_in_on:
        return
    found = find_possible_meeting(office, sitting, profile=profile)
    raise Refused(
        "error.hand_in_past" if found else "error.hand_in_past_for_good",
        body=sitting.name,
        hand_in_on=sitting.hand_in_on.isoformat(),
        next=found.isoformat() if found else "",
    )


def find_possible_meeting(office: Office, sitting: Sitting, *, profile: Profile) -> date | None:
    """Return the day of the body's first meeting whose hand-in day is not past: a written one, else the series'."""
    query = select(_meeting.c.held_on).where(
        _meeting.c.body_id == sitting.body_id,
        _meeting.c.cancelled.is_(False),
        _meeting.c.hand_in_on >= office.today,
        _meeting.c.held_on >= office.today,
    )
    written: date | None = office.work.value(query.order_by(_meeting.c.held_on).limit(1))
    rule = profile.find_body(sitting.body)
    if written is not None or rule is None:
        return written
    free, workdays = profile.meeting_free_months, profile.workdays
    guessed = find_next_meeting(rule, office.today, free_months=free, workdays=workdays)
    return guessed.meeting_on if guessed else None


def refuse_twin(office: Office, sitting: Sitting, title: str, *, but: int | None = None) -> None:
    """Refuse an item whose title stands on the agenda already: pressing twice adds nothing."""
    for row in standing_items(office.work, sitting):
        if row["id"] != but and row["title"].casefold() == title.casefold():
            raise Refused("error.item_known", title=title)


def _introduction_of(office: Office, slug: str) -> int:
    mine = _introduction.c.region_id == office.region_id
    newest = select(_introduction.c.id).where(mine, _introduction.c.slug == slug)
    found = office.work.value(newest.order_by(_introduction.c.number.desc()).limit(1))
    if found is None:
        raise Unknown("introduction", slug, office.work.values(select(_introduction.c.slug).where(mine)))
    return int(found)
