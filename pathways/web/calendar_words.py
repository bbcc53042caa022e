"""The dates of a calendar in words: what each is called, what more is told, and where it leads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pathways.documents.calendar_file import CalendarDate
from pathways.locale import Texts
from pathways.locale.forms import short_day
from pathways.profiles.schema import Profile
from pathways.queries.calendar_feed import Dated
from pathways.services.calendar.entry import EntryKind

NATIONAL_PAGE = "/nationellt/remisser"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """One language, one region's bodies, and the address that links begin with."""

    texts: Texts
    profile: Profile
    base_url: str

    def tell(self, dates: Iterable[Dated]) -> Iterator[CalendarDate]:
        """Yield each date in words."""
        for one in dates:
            row = one.row
            yield CalendarDate(
                uid=row["uid"],
                title=self._title(one),
                description=self._description(one),
                link=self.base_url.rstrip("/") + self._path(one),
                on=row["on"],
                starts_at=row["starts_at"],
                minutes=row["minutes"],
                sequence=row["sequence"],
                changed_at=row["changed_at"],
                cancelled=row["cancelled"],
                is_busy=one.kind is not EntryKind.LOOP_PLANNED,
                place=str(row["values"].get("place", "")),
            )

    def _title(self, one: Dated) -> str:
        row, say = one.row, self.texts.say
        values = row["values"]
        match one.kind:
            case EntryKind.TASK:
                return say("web.calendar.entry.task", title=one.title_in(self.texts.language))
            case EntryKind.MEETING:
                return say("web.calendar.entry.meeting", body=self._body(values["body"]))
            case EntryKind.HAND_IN:
                held_on = short_day(date.fromisoformat(values["held_on"]), self.texts.language)
                return say("web.calendar.entry.hand_in", body=self._body(values["body"]), day=held_on)
            case EntryKind.LOOP_PLANNED:
                return say("web.calendar.entry.loop_planned", number=values["number"], pathway=row["pathway"])
            case EntryKind.LOOP_OPEN:
                return say("web.calendar.entry.loop_open", number=values["number"], pathway=row["pathway"])
            case EntryKind.FOLLOW_UP:
                return say("web.calendar.entry.follow_up", n=values["months"], pathway=row["pathway"])
        return self.texts.word("web.calendar.entry", one.kind)

    def _description(self, one: Dated) -> str:
        """Return what more is told: whose task it is about, or that a time is only suggested; never free text."""
        match one.kind:
            case EntryKind.TASK:
                return self.texts.say("web.calendar.entry.task_of", pathway=one.row["pathway"])
            case EntryKind.LOOP_OPEN:
                return self.texts.say("web.calendar.entry.suggested")
        return ""

    def _body(self, slug: str) -> str:
        found = self.profile.find_body(slug)
        return (found.short or found.name) if found else slug

    def _path(self, one: Dated) -> str:
        values, slug = one.row["values"], one.row["slug"]
        match one.kind:
            case EntryKind.TASK:
                return f"/forlopp/{slug}/uppgift/{values['ref']}"
            case EntryKind.LOOP_PLANNED | EntryKind.LOOP_OPEN:
                return f"/forlopp/{slug}/loop"
            case EntryKind.FOLLOW_UP:
                return f"/forlopp/{slug}"
            case EntryKind.MEETING | EntryKind.HAND_IN:
                return f"/moten/{values['body']}/{values['held_on']}"
        return NATIONAL_PAGE
