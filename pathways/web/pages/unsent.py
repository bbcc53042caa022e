"""`/inte-skickat`: what the visitor sent when the login had run out, to be read, sent again or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.services.access.link_target import own_path
from pathways.services.drafts import NOT_TYPED
from pathways.services.unsent import Unsent, drop_unsent, list_unsent
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import first
from pathways.web.posted import FormDep
from pathways.web.unsent import UNSENT_PAGE
from pathways.web.visit import VisitDep

router = APIRouter(prefix=UNSENT_PAGE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A form that waits: what was written, how many short answers stand beside it, and all that is sent again."""

    unsent: Unsent
    texts: tuple[str, ...]
    short: int
    values: tuple[tuple[str, str], ...]


@router.get("")
def show(visit: VisitDep) -> Response:
    """Show the visitor's own; to anybody else there is nothing."""
    with visit.read() as work:
        found = list_unsent(work, visit.visitor.person_id, now=visit.now)
    return visit.page("work/unsent.html", found=[_shown(one) for one in found])


@router.post("/kasta")
def drop(visit: VisitDep, form: FormDep) -> Response:
    """Throw one away."""

    def write(work: UnitOfWork) -> None:
        drop_unsent(work, visit.visitor.person_id, first(form, "action"))

    visit.app.retry(write)
    return visit.redirect(UNSENT_PAGE, "web.unsent.dropped")


def _shown(one: Unsent) -> Shown:
    answers = [text for name, given in one.typed.items() if name not in NOT_TYPED for text in given if text.strip()]
    texts = tuple(text for text in answers if len(text.split()) > 1)
    return Shown(_own(one), texts, len(answers) - len(texts), _values(one.typed))


def _own(one: Unsent) -> Unsent:
    return Unsent(own_path(one.action), own_path(one.page), one.typed, one.had_file, one.kept_at)


def _values(typed: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, given in typed.items() for text in given)
