"""`/logga-ut`: ends the session, here and in the database, so that its cookie opens nothing even if it was copied."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from pathways.services.access.session import end_session
from pathways.web import sessions
from pathways.web.visit import LOGIN, MaybeVisitDep

router = APIRouter()


@router.post("/logga-ut")
def log_out(visit: MaybeVisitDep) -> Response:
    """End the session and show the ways in."""
    token = sessions.token_in(visit.request)
    if token:
        visit.installation.retry(lambda work: end_session(work, token, now=visit.now))
    answer = RedirectResponse(f"{LOGIN}?besked=utloggad", status_code=303)
    sessions.take_back(answer, visit.config)
    return answer
