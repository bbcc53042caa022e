"""Puts ids, dates and refusals' values into words for a person: "lag_chair" becomes "ordförande i arbetsgruppen".

Which values hold ids is known here; the words themselves are the catalogues' of `pathways.locale`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pathways.locale import Texts

# The values of sentences that hold one id, or several with commas between, and the family of words they belong to.
FAMILIES: Mapping[str, str] = {
    "action": "command",
    "command": "command",
    "decided": "item_outcome",
    "role": "role",
    "roles": "role",
    "place": "state",
    "state": "task_state",
}
AS_TYPED = frozenset({"example", "given", "key", "known", "name", "nearest", "title"})
"""Values that stand in a sentence as somebody typed them, or is to type them; a day in them is left as it is."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\S+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language for one region: its zone for instants, its profile's titles for checklist items."""

    texts: Texts
    zone: ZoneInfo | None = None
    titles: Mapping[str, str] | None = None

    def instant(self, at: datetime) -> str:
        """Return an instant as the region's wall clocks showed it, to the minute."""
        return f"{at.astimezone(self.zone or UTC):%Y-%m-%d %H:%M}"

    def day(self, day: date | None) -> str:
        """Return a day, or a dash where there is none."""
        return day.isoformat() if day else "–"

    def told_day(self, day: date) -> str:
        """Return a day as a sentence says it: "3 december 2026"."""
        from pathways.locale.forms import plain_day  # noqa: PLC0415 - tables of languages, read when a sentence has a day

        return plain_day(day, self.texts.language)

    def told_instant(self, at: datetime) -> str:
        """Return an instant as a sentence says it, on the region's wall clocks: "3 december 2026 kl. 14.05"."""
        local = at.astimezone(self.zone or UTC)
        clock = f"{local:%H.%M}" if self.texts.language == "sv" else f"{local:%H:%M}"
        return self.texts.say("instant.told", day=self.told_day(local.date()), clock=clock)

    def title(self, item: str) -> str:
        """Return the title of a checklist item."""
        return (self.titles or {}).get(item, item)

    def of_title(self, title: str | Mapping[str, str]) -> str:
        """Return a title that may be given in both languages."""
        return title if isinstance(title, str) else title[self.texts.language]

    def timer(self, kind: str, occurrence: int) -> str:
        """Return what a timer is for: "Lärandeloop 3 öppnas"."""
        return self.texts.word("timer", kind, occurrence=occurrence)

    def due(self, what: str) -> str:
        """Return what falls due: a checklist item's title, a timer's kind, or a person's own words."""
        if what in (self.titles or {}):
            return self.title(what)
        return self.texts.word("due", what) if self.texts.has(f"due.{what}") else what

    def roles(self, roles: Iterable[str]) -> str:
        """Return roles with commas between."""
        return ", ".join(self.texts.word("role", role) for role in roles)

    def command(self, command: str, choice: str | None = None) -> str:
        """Return a command as a coordinator would say it, with what was chosen."""
        spoken = self.texts.word("command", command)
        return f"{spoken}: {self.texts.word('choice', choice)}" if choice else spoken

    def position(self, phase: str, place: str) -> str:
        """Return phase and place: "Gapanalys: enheterna svarar"; what has ended has a place only."""
        spoken = self.texts.word("state", place)
        return f"{self.texts.word('phase', phase)}: {spoken}" if phase else spoken[:1].upper() + spoken[1:]

    def sentence(self, text_id: str, values: Mapping[str, object]) -> str:
        """Return a sentence whose values may hold ids, days and instants."""
        return self.texts.say(text_id, **self.in_words(values))

    def in_words(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values of a sentence with words in the place of ids, days and instants."""
        return {name: self._in_words(name, value) for name, value in values.items()}

    def _in_words(self, name: str, value: object) -> object:
        match name, value:
            case "item", str(item):
                return self.title(item)
            case "choices", str(choices):
                return ", ".join(f"{one} ({self.texts.word('choice', one)})" for one in choices.split(", "))
            case "kind", str(kind):
                return self.texts.word("due", kind)
            case "action", str(action) if not self.texts.has(f"command.{action}"):
                return self.texts.word("web.admin.view", action)  # what concerns the whole region is no command
            case "by", "":
                return self.texts.say("actor.system")
            case _, datetime() as at:
                return self.told_instant(at)
            case _, date() as day:
                return self.told_day(day)
            case _, str(told) if name not in AS_TYPED and (_DAY.fullmatch(told) or _INSTANT.fullmatch(told)):
                return self._told_time(told)
            case _, str(told) if name in FAMILIES and told:
                return self.texts.words(FAMILIES[name], told)
        return value

    def _told_time(self, told: str) -> str:
        """Return a day or an instant given as ISO text; what is none, or has no zone, stays as it is."""
        try:
            if _DAY.fullmatch(told):
                return self.told_day(date.fromisoformat(told))
            at = datetime.fromisoformat(told)
        except ValueError:
            return told
        return self.told_instant(at) if at.tzinfo else told
