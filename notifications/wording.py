"""The words for ids that messages carry (why, phase, outcome), and how dates, weeks and links are written.

The msgids are English sentences; both languages' texts are in `locale/`. Templates use these as filters.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from gettext import GNUTranslations
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from notifications.errors import RenderError


def _mark(msgid: str) -> str:
    """Marks a text for the catalogue without translating it."""
    return msgid


WHY: Final[Mapping[str, str]] = {
    "why.coordinator": _mark("You are the coordinator for %(pathway)s."),
    "why.head": _mark("You are the head of the department that introduces %(pathway)s."),
    "why.lag_chair": _mark("You chair the local working group for %(pathway)s."),
    "why.lag_member": _mark("You are a member of the local working group for %(pathway)s."),
    "why.development_resource": _mark("You are the development resource for %(pathway)s."),
    "why.unit_representative": _mark("You represent your unit in the introduction of %(pathway)s."),
    "why.management_group_member": _mark("You are a member of a group that manages or decides on %(pathway)s."),
    "why.registrar": _mark("You are the registrar for the decisions on %(pathway)s."),
    "why.elected_reader": _mark("You follow %(pathway)s as an elected representative."),
    "why.analyst": _mark("You are the analyst for %(pathway)s."),
    "why.admin": _mark("You administer Förlopp in your region."),
    "why.patient_representative": _mark("You take part as a patient representative."),
    "why.substitute": _mark("You are the substitute of somebody who works with %(pathway)s."),
    "why.body_member": _mark("You are a member of the body that meets."),
    "why.juror": _mark("You sit in the jury of the implementation of the year."),
    "why.login_link": _mark("You, or somebody else, gave your address on the login page of Förlopp."),
    "why.trial": _mark("You asked for a trial message on the page of your profile."),
    "why.weekly_digest": _mark("You have tasks or roles in Förlopp. This digest is sent at most once a week."),
}

PHASES: Final[Mapping[str, str]] = {
    "preparation": _mark("preparation"),
    "gap_analysis": _mark("gap analysis"),
    "prioritisation": _mark("prioritisation of measures"),
    "implementation": _mark("implementation"),
    "learning": _mark("learning and adjustment"),
    "celebration": _mark("celebration"),
    "finished": _mark("finished"),
}

_LOCALES: Final[Mapping[str, str]] = {"sv": "sv_SE", "en": "en_GB"}


def build_filters(
    language: str, translations: GNUTranslations, *, zone: ZoneInfo, base_url: str
) -> dict[str, Callable[..., str | int]]:
    """Builds the template filters of one language: day, clock, week, phase, address, reason and more."""
    locale = _LOCALES[language]

    # A missing value names itself when it is turned into text, so `str` comes before any parsing.
    def day(iso_date: object) -> str:
        return format_date(date.fromisoformat(str(iso_date)), "EEEE d MMMM y", locale=locale)

    def clock(iso_instant: object) -> str:
        local = datetime.fromisoformat(str(iso_instant)).astimezone(zone)
        return format_time(local.time(), "HH.mm" if language == "sv" else "HH:mm", locale=locale)

    def week_number(iso_week: str) -> str:
        return str(int(iso_week.partition("-W")[2]))

    def phase_name(phase: str) -> str:
        return translations.gettext(_known(PHASES, phase, "phase"))

    def address(path: str) -> str:
        return base_url.rstrip("/") + "/" + path.lstrip("/")

    def reason_for(why: str, pathway: str) -> str:
        return translations.gettext(_known(WHY, why, "why")) % {"pathway": pathway}

    return {
        "day": day,
        "clock": clock,
        "week_number": week_number,
        "phase_name": phase_name,
        "address": address,
        "reason_for": reason_for,
        "unknown": _refuse_unknown,
        "underlined": _underline,
        "whole": _whole,
    }


def _underline(heading: str) -> str:
    return f"{heading}\n{'-' * len(heading)}"


def _whole(number: object) -> int:
    """A number for a plural; a missing one names itself here, which gettext would not do."""
    return int(str(number))


def _refuse_unknown(value: object, what: str) -> str:
    """Stands in the last branch of a template's choice: a value that nobody thought of is an error."""
    raise RenderError(f"{what} {value!r} has no words")


def _known(words: Mapping[str, str], name: str, what: str) -> str:
    if name not in words:
        raise RenderError(f"{what} {name!r} has no words; known are {', '.join(words)}")
    return words[name]
