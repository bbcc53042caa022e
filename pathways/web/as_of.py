"""Which day a page is asked to look back at: `?datum=2026-06-30`. One that cannot be shown is said at the field."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pathways.errors import PathwaysError
from pathways.queries.moment import end_of_day
from pathways.services.ask import EARLIEST
from pathways.web.forms import Field
from pathways.web.visit import Visit

NAME = "datum"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day looked back at and the moment it means; without them the page shows how things stand now."""

    field: Field
    day: date | None = None
    moment: datetime | None = None

    @property
    def status(self) -> int:
        """Return 422 where what was asked for cannot be shown."""
        return 422 if self.field.error else 200

    @property
    def query(self) -> str:
        """Return what keeps the day in the address of another page."""
        return f"?{NAME}={self.day.isoformat()}" if self.day else ""

    def refused(self, text: str) -> "AsOf":
        """Return that the day cannot be shown, and why."""
        return AsOf(replace(self.field, error=text))


def read_as_of(visit: Visit) -> AsOf:
    """Return the day that the address asks for; today means now."""
    typed = visit.request.query_params.get(NAME, "").strip()
    asked = AsOf(
        Field(name=NAME, label=visit.texts.say("web.intro.as_of.label"), kind="date", value=typed, required=False)
    )
    if not typed:
        return asked
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return asked.refused(visit.texts.say("web.intro.as_of.no_date", given=typed[:40]))
    if day == visit.today:
        return AsOf(replace(asked.field, value=""))
    if day < EARLIEST:
        return asked.refused(visit.texts.say("web.intro.as_of.too_early"))
    try:
        return AsOf(asked.field, day, end_of_day(day, profile=visit.profile, now=visit.now))
    except PathwaysError as error:
        return asked.refused(visit.wording.sentence(error.sentence, error.values))
