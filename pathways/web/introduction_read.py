"""Reads one introduction for its pages: as it stands, or as it stood at the end of a day that the address names."""

from datetime import datetime

from pathways.errors import Refused
from pathways.profiles.vocabulary import Role
from pathways.queries.introduction import introduction
from pathways.queries.moment import NotThere
from pathways.queries.views import IntroductionView
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.as_of import AsOf, read_as_of
from pathways.web.visit import Visit


def read_view(visit: Visit, work: UnitOfWork, slug: str) -> tuple[AsOf, IntroductionView]:
    """Return the day asked for and the introduction as it stood; where it had not begun, why, and as it stands."""
    asked = read_as_of(visit)
    if asked.moment is None:
        return asked, _read(visit, work, slug)
    try:
        return asked, _read(visit, work, slug, asked.moment)
    except (NotThere, Refused) as error:
        return asked.refused(visit.wording.sentence(error.sentence, error.values)), _read(visit, work, slug)


def _read(visit: Visit, work: UnitOfWork, slug: str, as_of: datetime | None = None) -> IntroductionView:
    return introduction(
        work,
        region_id=visit.visitor.region_id,
        slug=slug,
        profile=visit.profile,
        now=visit.now,
        as_of=as_of,
        with_history=False,
        by_head=Role.HEAD in visit.visitor.hats,
    )
