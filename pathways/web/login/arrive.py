"""The last step of every way in: a new session in the place of any other, and the way to the page that was wanted."""

from fastapi.responses import RedirectResponse, Response

from pathways.models.access import LoginWay
from pathways.services.access.link_target import own_path
from pathways.services.access.session import start_session
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import sessions
from pathways.web.visit import Visit


def begin(visit: Visit, work: UnitOfWork, person_id: int, *, way: LoginWay) -> str:
    """Begin the session in the caller's transaction. Its secret is new: one that was planted before is worthless."""
    return start_session(work, person_id, now=visit.now, way=way, replaces=sessions.token_in(visit.request))


def arrive(visit: Visit, token: str, target: str) -> Response:
    """Answer with the session's cookie and the way to the page that was wanted."""
    answer = RedirectResponse(own_path(target), status_code=303)
    sessions.hand_out(answer, visit.config, token)
    return answer
