"""The year in words: what each line of a month says and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathways.planning.year_wheel import Kind, Line, Occasion
from pathways.profiles.schema import Profile
from pathways.web.back_plan_asked import name_of
from pathways.web.visit import Visit

NATIONAL_PAGE = "/nationellt/remisser"
NATIONAL = {Kind.CONSULTATION: "web.calendar.consultation", Kind.LIGHT: "web.calendar.light"}
"""The texts of the days on which what the nation asks begins and ends."""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: its day, what it says, where it leads, and of which kind it is."""

    on: date
    text: str
    href: str
    kind: str


def tell_line(visit: Visit, line: Line, names: Mapping[str, str]) -> LineShown:
    """Return a line of a month in the reader's words."""
    one = line.occasion
    return LineShown(line.on, _text(visit, line, names), _href(one), str(one.kind))


def body_names(profile: Profile) -> dict[str, str]:
    """Return what bodies are called in short."""
    return {body.slug: name_of(body) for body in profile.bodies}


def _text(visit: Visit, line: Line, names: Mapping[str, str]) -> str:
    one, say = line.occasion, visit.texts.say
    match one.kind:
        case Kind.MEETING:
            told = "web.calendar.year.meeting_guess" if one.is_guess else "web.calendar.year.meeting"
            return say(told, body=names[one.body])
        case Kind.HAND_IN:
            held_on = visit.formats.day(one.held_on)
            return say("web.calendar.year.hand_in", body=names[one.body], day=held_on)
        case Kind.CONSULTATION | Kind.LIGHT:
            way = "closes" if line.is_end else "opens"
            until = visit.formats.day(one.until_on)
            return visit.texts.word(NATIONAL[one.kind], way, until=until)
        case Kind.LOOP:
            return say("web.calendar.year.loop", number=one.number, pathway=one.name)
        case Kind.FOLLOW_UP:
            return say("web.calendar.year.follow_up", n=one.number, pathway=one.name)
        case Kind.REPORT:
            return visit.texts.word("web.calendar.year.report", one.about)


def _href(one: Occasion) -> str:
    match one.kind:
        case Kind.MEETING | Kind.HAND_IN:
            return "" if one.is_guess else f"/moten/{one.body}/{(one.held_on or one.on).isoformat()}"
        case Kind.CONSULTATION | Kind.LIGHT:
            return NATIONAL_PAGE
        case Kind.LOOP:
            return f"/forlopp/{one.about}/loop"
        case Kind.FOLLOW_UP:
            return f"/forlopp/{one.about}"
        case Kind.REPORT:
            return ""
