"""The parts of an indicator's order, what they must be together, and how an order's indicator is found."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from pathways.errors import InvalidOrder, Problem, Refused, Unknown
from pathways.models.measure import Indicator
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from pathways.services.measure.figures import LARGEST
from pathways.storage.unit_of_work import Row

NAME, SHORT, LONG = 200, 200, 4000
Name = Annotated[str, Field(min_length=3, max_length=NAME)]
Short = Annotated[str, Field(min_length=1, max_length=SHORT)]
Words = Annotated[str, Field(min_length=1, max_length=LONG)]
Motive = Annotated[str, Field(min_length=3, max_length=2000)]
Figure = Annotated[float, Field(ge=-LARGEST / 10, le=LARGEST / 10, allow_inf_nan=False, strict=True)]
Count = Annotated[float, Field(ge=0, le=LARGEST / 10, allow_inf_nan=False, strict=True)]
LagDays = Annotated[int, Field(ge=0, le=3650)]
PeriodText = Annotated[str, Field(min_length=1, max_length=40)]
TwoOfThree = Literal["2023", "older"]
PERCENT = "%"
WHOLE = 100


def indicator_of(case: Case, slug: str) -> Row:
    """Return an indicator by its slug; an unknown name is refused with the nearest known ones."""
    found = rows_of(case, Indicator)
    for row in found:
        if row["slug"] == slug:
            return row
    raise Unknown("indicator", slug, (row["slug"] for row in found))


def open_indicator(case: Case, slug: str) -> Row:
    """Return an indicator that is still measured; a retired one is refused."""
    row = indicator_of(case, slug)
    if row["retired_on"] is not None:
        raise Refused("error.indicator_retired", name=row["slug"], day=row["retired_on"].isoformat())
    return row


def refuse_what_does_not_fit(command: str, columns: Mapping[str, object]) -> None:
    """Let an indicator's columns through, unless they do not go together; every fault is told at once."""
    problems = list(_faults(columns))
    if problems:
        raise InvalidOrder(command, problems)


def _faults(columns: Mapping[str, object]) -> Iterator[Problem]:
    share = columns["share"]
    if not share and not columns["unit"]:
        yield Problem("unit", "order.unit_missing", {"given": ""})
    for name in ("target", "second_target"):
        target = columns[name]
        if share and isinstance(target, int | float) and not 0 <= target <= WHOLE:
            yield Problem(name, "order.share_outside", {"given": _told(target)})
    if columns["second_target"] is not None and columns["target"] is None:
        yield Problem("target", "order.target_missing", {"given": ""})
    if share and columns["counts_people"]:
        yield Problem("counts_people", "order.share_counts", {"given": ""})


def _told(value: float) -> str:
    return f"{value:g}".replace(".", ",")
