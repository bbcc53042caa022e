"""Refusals as problem+json (RFC 9457): the same sentences and reasons as on the pages, with ids for programs."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from pathways.bootstrap import App
from pathways.errors import IntroductionChanged, InvalidOrder, PathwaysError, Unknown
from pathways.locale import DEFAULT, LANGUAGES, texts
from pathways.web.observe import log
from pathways.web.refusals import RETRY_SECONDS, shown, status_of
from pathways.wording import Wording
from states.errors import StatesError, TransitionRefused

MEDIA_TYPE = "application/problem+json"
CHANGED = 412  # the version in If-Match is not the one that stands


class ReasonOut(BaseModel):
    """Why a command is refused: the sentence's id and words, its values, who can meet it and where."""

    sentence: str
    text: str
    values: dict[str, str | int]
    met_by: list[str]
    place: str


class FieldOut(BaseModel):
    """What is wrong with one field of what was sent."""

    field: str
    sentence: str
    text: str


class ProblemOut(BaseModel):
    """A refusal. `type` is the sentence's id; `reasons` and `fields` are empty where there are none."""

    type: str
    title: str
    status: int
    reasons: list[ReasonOut] = []
    fields: list[FieldOut] = []
    nearest: list[str] = []
    version: int | None = None


RESPONSES: dict[int | str, dict[str, object]] = {
    status: {"model": ProblemOut, "content": {MEDIA_TYPE: {}}}
    for status in (400, 401, 403, 404, 409, 412, 422, 429, 503)
}


def handle_refusals(api: FastAPI) -> None:
    """Let every refusal of the API be answered as a problem."""
    handlers: dict[type[Exception], Callable[[Request, Exception], JSONResponse]] = {
        PathwaysError: _refused,
        StatesError: _refused,
        RequestValidationError: _malformed,
        HTTPException: _http,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def wording_for(request: Request) -> Wording:
    """Return the words of the language that the program asks for; Swedish where it does not say."""
    wanted = request.headers.get("accept-language", DEFAULT)[:2].lower()
    app: App = request.app.state.installation
    return Wording(texts(wanted if wanted in LANGUAGES else DEFAULT), app.profile.region.zone)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PathwaysError | StatesError)
    words = wording_for(request)
    problem = ProblemOut(
        type=str(getattr(error, "sentence", "refused")),
        title=shown(error, words).text,
        status=CHANGED if isinstance(error, IntroductionChanged) else status_of(error),
        reasons=_reasons(error, words),
        fields=_fields(error, words),
        nearest=list(error.nearest) if isinstance(error, Unknown) else [],
        version=_version(error),
    )
    return _answer(problem)


def _reasons(error: Exception, words: Wording) -> list[ReasonOut]:
    if not isinstance(error, TransitionRefused):
        return []
    return [
        ReasonOut(
            sentence=reason.sentence,
            text=words.sentence(reason.sentence, reason.values),
            values=dict(reason.values),
            met_by=[str(role) for role in reason.met_by],
            place=str(reason.place),
        )
        for reason in error.reasons
    ]


def _fields(error: Exception, words: Wording) -> list[FieldOut]:
    if not isinstance(error, InvalidOrder):
        return []
    return [
        FieldOut(field=one.field, sentence=one.sentence, text=_text(words, error.command, one.sentence, one.values))
        for one in error.problems
    ]


def _text(words: Wording, command: str, sentence: str, values: object) -> str:
    known = f"order.rule.{command}" if sentence == "order.rule" else sentence
    assert isinstance(values, dict)
    return words.sentence(known if words.texts.has(known) else "order.other", values)


def _version(error: Exception) -> int | None:
    found = error.values.get("version") if isinstance(error, IntroductionChanged) else None
    return int(found) if found is not None else None


def _malformed(request: Request, error: Exception) -> JSONResponse:
    """A body that is no JSON is 400; JSON of the wrong form is 422 with every field."""
    assert isinstance(error, RequestValidationError)
    words = wording_for(request)
    broken = any(one["type"] == "json_invalid" for one in error.errors())
    fields = [
        FieldOut(
            field=".".join(str(part) for part in one["loc"] if part != "body"),
            sentence="order.other",
            text=words.texts.say("order.other", given="", expected=""),
        )
        for one in error.errors()
    ]
    title = words.texts.say("web.frame.not_understood")
    return _answer(ProblemOut(type="malformed", title=title, status=400 if broken else 422, fields=fields))


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    words = wording_for(request)
    title = words.texts.say("web.frame.not_found" if error.status_code == 404 else "web.frame.not_understood")
    answer = _answer(ProblemOut(type="http", title=title, status=error.status_code))
    answer.headers.update(error.headers or {})
    return answer


def _fault(request: Request, error: Exception) -> JSONResponse:
    log.error("fault", route="api", exc_info=error)
    return _answer(ProblemOut(type="fault", title=wording_for(request).texts.say("web.frame.fault"), status=500))


def _answer(problem: ProblemOut) -> JSONResponse:
    headers = {"www-authenticate": "Bearer"} if problem.status == 401 else {}
    if problem.status in {429, 503}:
        headers["retry-after"] = str(RETRY_SECONDS)
    return JSONResponse(problem.model_dump(), problem.status, headers=headers, media_type=MEDIA_TYPE)
