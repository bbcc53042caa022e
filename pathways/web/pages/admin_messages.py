"""`/admin/meddelanden`: messages that were given up, with the way to try again, and what was sent to each person."""

from fastapi import APIRouter
from fastapi.responses import Response

from notifications.outbox import DeadLetter, dead
from pathways.queries.own_messages import list_own_messages
from pathways.queries.register import list_persons
from pathways.services.administration.messages import send_again
from pathways.web.office import Cell, Line, Press, Sheet, administer, show_sheet
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HERE = "/admin/meddelanden"


@router.get(HERE)
def messages(visit: VisitDep) -> Response:
    """Show what was given up, and the people whose messages can be looked at."""
    visit.require("see_messages")
    say, visitor = visit.texts.say, visit.visitor
    with visit.read() as work:
        letters = dead(work.connection, visitor.region_code)
        names = {str(one.person_id): one for one in list_persons(work, region_id=visitor.region_id)}
    lines = tuple(
        _letter(visit, letter, names[letter.recipient].name) for letter in letters if letter.recipient in names
    )
    sheet = Sheet(
        title=say("web.admin.room.messages"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("to", "message", "when", "reason")),
        lines=lines,
        empty=say("web.admin.empty.dead"),
        intro=say("web.admin.messages_intro"),
    )
    ways = [(f"{HERE}/{one.slug}", one.name) for one in names.values() if one.active]
    return visit.page("admin/messages.html", sheet=sheet, people=ways, faulty=[], others=[], forms=[], ways=[])


@router.post(f"{HERE}/{{message}}/igen")
def again(visit: VisitDep, message: int) -> Response:
    """Try a given-up message again."""
    code = visit.visitor.region_code
    administer(visit, "manage_messages", lambda office: send_again(office, message, region_code=code))
    return visit.redirect(HERE, "web.admin.told.again")


@router.get(f"{HERE}/{{slug}}")
def to_one(visit: VisitDep, slug: str) -> Response:
    """Show what was sent to one person: when, what kind, and how it went."""
    visit.require("see_messages")
    say, formats, visitor = visit.texts.say, visit.formats, visit.visitor
    with visit.read() as work:
        found = next((one for one in list_persons(work, region_id=visitor.region_id) if one.slug == slug), None)
        if found is None:
            raise NotFound
        sent = list_own_messages(work, person_id=found.person_id, region_code=visitor.region_code)
    lines = tuple(
        Line(
            (
                Cell(formats.moment(one.created_at)),
                Cell(visit.texts.word("web.work.kind", one.kind)),
                Cell(one.pathway or "–"),
                Cell(visit.texts.word("web.work.delivery", one.state)),
                Cell(", ".join(_channel(visit, channel) for channel in one.channels) or "–"),
            )
        )
        for one in sent
    )
    sheet = Sheet(
        title=say("web.admin.messages_to", name=found.name),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("when", "message", "pathway", "state", "ways")),
        lines=lines,
        empty=say("web.admin.empty.messages"),
    )
    return show_sheet(visit, sheet)


def _letter(visit: Visit, letter: DeadLetter, name: str) -> Line:
    say = visit.texts.say
    kind = visit.texts.word("web.work.kind", letter.kind.value)
    press = Press(f"{HERE}/{letter.message_id}/igen", say("web.admin.try_again"), f"{kind}, {name}")
    cells = (Cell(name), Cell(kind), Cell(visit.formats.moment(letter.settled_at)), Cell(letter.reason))
    return Line(cells, (press,) if visit.may("manage_messages") else ())


def _channel(visit: Visit, channel: str) -> str:
    """Return the word for a way out, or its own name where it is one of the region's."""
    name = f"web.work.channel.{channel}"
    return visit.texts.say(name) if visit.texts.has(name) else channel
