"""`/logga-in/<link>`: a one-time link from a mail or from the command line.

Opening it changes nothing, since mail servers open links too; the button on its page uses it up.
"""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import LinkExpired, LinkUnknown, LinkUsed, PathwaysError
from pathways.services.access.login_link import check_link, use_link
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.login.arrive import arrive, begin
from pathways.web.login.entry import offers_mail
from pathways.web.login.rate import LINK_LIMIT
from pathways.web.visit import MaybeVisitDep, Visit

router = APIRouter()
GONE = 410


@router.get("/logga-in/{token}", dependencies=[LINK_LIMIT])
def show_button(visit: MaybeVisitDep, token: str) -> Response:
    """Show the button that logs in, or why the link does not work and how to get a new one."""
    try:
        with visit.installation.database.read(visit.now) as work:
            check_link(work, token, now=visit.now)
    except (LinkUnknown, LinkExpired, LinkUsed) as refusal:
        return _gone(visit, refusal)
    return visit.page("login/link.html", token=token)


@router.post("/logga-in/{token}", dependencies=[LINK_LIMIT])
def log_in(visit: MaybeVisitDep, token: str) -> Response:
    """Use the link up and begin the session of the person it was made for."""

    def use(work: UnitOfWork) -> tuple[str, str]:
        opened = use_link(work, token, now=visit.now)
        return begin(visit, work, opened.person_id, way=opened.way), opened.target

    try:
        session, target = visit.installation.retry(use)
    except (LinkUnknown, LinkExpired, LinkUsed) as refusal:
        return _gone(visit, refusal)
    return arrive(visit, session, target)


def _gone(visit: Visit, refusal: PathwaysError) -> Response:
    return visit.page(
        "login/link_gone.html",
        status=GONE,
        why=visit.texts.say(refusal.sentence),
        offers_new=offers_mail(visit) or visit.installation.settings.has_oidc,
    )
