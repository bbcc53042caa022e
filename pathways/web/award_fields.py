"""The questions around årets implementation: the jury, a nomination, a juror's vote, and the result."""

from collections.abc import Sequence
from datetime import date

from pathways.queries.award import AwardView
from pathways.services.celebrate.award import FEWEST_JURORS, LONGEST_MOTIVE
from pathways.storage.unit_of_work import Row
from pathways.web.forms import Field, Option
from pathways.web.visit import Visit

YEAR, UNTIL, JURORS = "year", "nominate_until", "jurors"
INTRODUCTION, UNIT, MOTIVE = "introduction", "unit", "motive"
NOMINATION = "nomination"


def open_fields(visit: Visit, people: Sequence[Row], view: AwardView | None) -> list[Field]:
    """Return which year, until when one may nominate, and who sits in the jury."""
    say = visit.texts.say
    until = view.nominate_until if view else date(visit.today.year, 12, 31)
    return [
        Field(name=YEAR, label=say("web.celebrate.award.year"), value=str(view.year if view else visit.today.year)),
        Field(name=UNTIL, label=say("web.celebrate.award.until"), kind="date", value=until.isoformat()),
        Field(
            name=JURORS,
            label=say("web.celebrate.award.jury"),
            help=say("web.celebrate.award.jury_help", n=FEWEST_JURORS),
            kind="checkboxes",
            options=tuple(Option(value=row["slug"], label=row["name"]) for row in people),
            value=tuple(row["slug"] for row in view.jury) if view else (),
        ),
    ]


def nominate_fields(visit: Visit, celebrated: Sequence[Row], units: Sequence[Row]) -> list[Field]:
    """Return what is nominated, for which unit's part, and why."""
    say = visit.texts.say
    whole = Option(value="", label=say("web.celebrate.award.whole"))
    return [
        Field(
            name=INTRODUCTION,
            label=say("web.celebrate.award.introduction"),
            kind="select",
            options=tuple(Option(value=row["slug"], label=row["pathway"]) for row in celebrated),
        ),
        Field(
            name=UNIT,
            label=say("web.celebrate.award.unit"),
            kind="select",
            options=(whole, *(Option(value=row["slug"], label=row["name"]) for row in units)),
            required=False,
        ),
        _motive(visit, "web.celebrate.award.why_nominate"),
    ]


def choose_fields(visit: Visit, view: AwardView, why: str) -> list[Field]:
    """Return which nomination and why, for a vote and for the result."""
    say = visit.texts.say
    options = tuple(Option(value=str(one.id), label=name_of(one.pathway, one.unit)) for one in view.nominations)
    chosen = Field(name=NOMINATION, label=say("web.celebrate.award.nomination"), kind="radios", options=options)
    return [chosen, _motive(visit, why)]


def name_of(pathway: str, unit: str | None) -> str:
    """Return what is nominated, in words."""
    return f"{pathway}, {unit}" if unit else pathway


def _motive(visit: Visit, why: str) -> Field:
    say = visit.texts.say
    return Field(
        name=MOTIVE,
        label=say(why),
        help=say("web.celebrate.award.no_names"),
        kind="area",
        rows=3,
        max_length=LONGEST_MOTIVE,
    )
