"""Lets a page carry out an administrative use case as its visitor, and shows the lists and forms of such pages.

Lists and forms are values here; two templates show all of them alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys
from pathways.web.refusals import shown, status_of
from pathways.web.visit import NotFound, Visit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, where it leads, whether it is a mark, and its language where that is not the reader's."""

    text: str
    href: str = ""
    tone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a row: where it posts, its words, and the words for somebody who hears it alone."""

    action: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list."""

    cells: tuple[Cell, ...]
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list: its heads and rows, and what is said where there is nothing yet."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    empty: str
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: where it posts, its questions, and the words on its button."""

    action: str
    fields: tuple[Field, ...]
    button: str
    title: str = ""
    keys: Keys = field(default_factory=Keys)
    upload: bool = False


def administer(visit: Visit, action: str, act: Callable[[Office], T]) -> T:
    """Carry out an administrative use case and commit it; answered as if it were not there without the role."""
    if not visit.may(action):
        raise NotFound
    return visit.app.retry(lambda work: act(office_of(visit, work)))


def look(visit: Visit, view: str, act: Callable[[Office], T]) -> T:
    """Read as an administrator; nothing is written."""
    visit.require(view)
    with visit.read() as work:
        return act(office_of(visit, work))


def office_of(visit: Visit, work: UnitOfWork) -> Office:
    """Return the visitor's office in a transaction."""
    visitor = visit.visitor
    return Office(
        work=work, region_id=visitor.region_id, actor_id=visitor.person_id, roles=visitor.roles, today=visit.today
    )


def show_sheet(
    visit: Visit,
    sheet: Sheet,
    *,
    forms: Sequence[Form] = (),
    ways: Sequence[tuple[str, str]] = (),
    status: int = 200,
    others: Sequence[str] = (),
) -> Response:
    """Answer with a list, the forms below it, and ways on as (address, words)."""
    fields = [one for form in forms for one in form.fields]
    return visit.page(
        "admin/sheet.html", status=status, sheet=sheet, forms=forms, ways=ways, faulty=fields, others=others
    )


def show_form(
    visit: Visit, title: str, form: Form, *, intro: str = "", status: int = 200, others: Sequence[str] = ()
) -> Response:
    """Answer with one form on a page of its own."""
    return visit.page("admin/form.html", status=status, title=title, intro=intro, form=form, others=others)


def words_of(visit: Visit, error: PathwaysError) -> tuple[int, str]:
    """Return the status and the words of a refusal, to be shown above the form that was refused."""
    told = shown(error, visit.wording)
    reasons = " ".join(reason.text for reason in told.reasons)
    return max(409, status_of(error)) if status_of(error) != 404 else 422, f"{told.text} {reasons}".strip()


def filled(fields: Sequence[Field], typed: Mapping[str, Sequence[str]], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the questions with what was typed and what is wrong."""
    return tuple(one.filled(typed, errors) for one in fields)
