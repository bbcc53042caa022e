"""`/sprak`: the language of the pages, kept in the session, and in a cookie for the pages before the login."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from pathways.locale import LANGUAGES
from pathways.services.access.link_target import HOME, own_path
from pathways.services.access.session import choose_language
from pathways.web.visit import LANGUAGE_COOKIE, MaybeVisitDep, NotFound

router = APIRouter()
YEAR_SECONDS = 365 * 24 * 3600


@router.post("/sprak")
def choose(
    visit: MaybeVisitDep, language: Annotated[str, Form()] = "", till: Annotated[str, Form()] = HOME
) -> Response:
    """Change the language and show the same page again; a language that we do not speak is no page of ours."""
    if language not in LANGUAGES:
        raise NotFound
    if visit.found is not None and visit.found.session_id:
        session_id = visit.found.session_id
        visit.installation.retry(lambda work: choose_language(work, session_id, language))
    answer = RedirectResponse(own_path(till), status_code=303)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=YEAR_SECONDS,
        path="/",
        secure=visit.config.is_https,
        httponly=True,
        samesite="lax",
    )
    return answer
