"""Carries out what was asked for on a task's page, and answers: on with a notice, or the page again with the reasons.

An introduction changes often, a task seldom. So a form is held against what happened to its own task since it was
shown; what happened beside it stops nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi.responses import Response

from pathways.errors import IntroductionChanged, InvalidOrder, PathwaysError, Refused, Unknown
from pathways.queries.task_page import Meanwhile, TaskPage, find_meanwhile, seen_now
from pathways.services.drafts import drop_draft
from pathways.services.frame import is_known
from pathways.services.task.files import FileTooLarge, WrongFileKind
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import sessions
from pathways.web.forms import Keys, first, keys_of
from pathways.web.refusals import status_of
from pathways.web.task_actions import ACTIONS, LEAVES, Action, build_fields, data_of, find_problems
from pathways.web.task_sheet import Trouble, Typed, draft_key, load_page, show_task
from pathways.web.visit import NotFound, Visit
from states.errors import StatesError

TRIES = 3
TOO_LARGE, WRONG_KIND, UNREADABLE, CONFLICT = 413, 415, 422, 409
AT_FIELD: Mapping[str, str] = {
    "error.snooze_not_later": "due_on",
    "error.snooze_too_far": "due_on",
    "error.task_theirs_already": "to",
    "error.file_kind": "file",
    "error.file_content": "file",
    "error.file_name": "file",
    "error.file_too_large": "file",
}
"""The question that a refusal is about."""


def carry_out(visit: Visit, slug: str, ref: str, action: Action, form: Typed) -> Response:
    """Carry out an action whose form came in."""
    if missing := find_problems(visit, build_fields(visit, action), form):
        return show_task(
            visit, slug, ref, trouble=Trouble(way=action.way, form=form, errors=missing), status=UNREADABLE
        )
    reason = first(form, action.reason) if action.reason else ""
    return carry_out_data(visit, slug, action.way, data_of(action, ref, form), form, reason=reason)


def carry_out_data(
    visit: Visit, slug: str, way: str, data: Mapping[str, object], form: Typed, *, reason: str = ""
) -> Response:
    """Carry out an action whose data have been gathered; `form` is what is shown again where it is refused."""
    action, ref = ACTIONS[way], str(data["task"])
    keys = keys_of(form)
    try:
        if _is_repeated(visit, slug, action, data, keys):
            return visit.redirect("/" if action.command in LEAVES else f"/forlopp/{slug}/uppgift/{ref}")
        with visit.read() as work:
            page = load_page(visit, work, slug, ref)
        onward = _onward(visit, page, action)
        meanwhile = run_unless_changed(visit, page, action, data, keys, reason=reason, also=onward.keep)
    except (InvalidOrder, Refused, FileTooLarge, StatesError) as error:
        return _refused(visit, slug, ref, action, form, error)
    except Unknown as error:
        if error.kind != "person":
            raise
        return _refused(visit, slug, ref, action, form, error)
    if meanwhile is not None:
        trouble = Trouble(way=way, form=form, meanwhile=meanwhile)
        return show_task(visit, slug, ref, trouble=trouble, status=CONFLICT)
    return visit.redirect(onward.path)


def _is_repeated(visit: Visit, slug: str, action: Action, data: Mapping[str, object], keys: Keys) -> bool:
    """Say whether the same form came in before; an id that was used for something else is refused."""
    with visit.read() as work:
        known = is_known(work, keys.command_id)
    return known and visit.run(slug, action.command, data, keys=Keys(keys.command_id)).repeated


def run_unless_changed(
    visit: Visit,
    page: TaskPage,
    action: Action,
    data: Mapping[str, object],
    keys: Keys,
    *,
    reason: str,
    also: Callable[[UnitOfWork], None] | None = None,
) -> Meanwhile | None:
    """Carry the command out, unless somebody changed the task after its form was shown: then return what they did."""
    for _ in range(TRIES):
        with visit.read() as work:
            known = is_known(work, keys.command_id)
            seen = keys.version if keys.version is not None else page.seen
            meanwhile = None if known else find_meanwhile(work, page.introduction_id, page.ref, seen=seen)
            newest = seen_now(work, page.introduction_id)
        if meanwhile is not None:
            return meanwhile
        try:
            version = None if known else newest
            visit.run(page.slug, action.command, data, keys=Keys(keys.command_id, version), reason=reason, also=also)
        except IntroductionChanged:
            continue  # somebody was quicker in that very moment: look again whether it was about this task
        return None
    raise IntroductionChanged(slug=page.slug)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where an action leads, and what is written with it: the notice that is shown there, and that a draft is done."""

    path: str
    keep: Callable[[UnitOfWork], None]


def _onward(visit: Visit, page: TaskPage, action: Action) -> Onward:
    """Return the way on: to the person's own list when a task leaves it, else back to the task."""
    here = f"/forlopp/{page.slug}/uppgift/{page.ref}"
    leaves = action.command in LEAVES
    undo = here if leaves and page.is_mine and action.command in {"complete_task", "skip_task"} else ""
    notice = sessions.keeping_notice(visit, action.told, undo=undo)

    def keep(work: UnitOfWork) -> None:
        notice(work)
        if leaves:
            drop_draft(work, visit.visitor.person_id, draft_key(page.slug, page.ref))

    return Onward("/" if leaves and page.is_mine else here, keep)


def _refused(
    visit: Visit, slug: str, ref: str, action: Action, form: Typed, error: PathwaysError | StatesError
) -> Response:
    trouble = trouble_of(visit, action, form, error)
    return show_task(visit, slug, ref, trouble=trouble, status=status_for(error))


def status_for(error: PathwaysError | StatesError) -> int:
    """Return the status of a refusal on a task's page: files have their own, a name that nobody has is misread."""
    match error:
        case FileTooLarge():
            return TOO_LARGE
        case WrongFileKind():
            return WRONG_KIND
        case Unknown():
            return UNREADABLE
    return status_of(error)


def trouble_of(visit: Visit, action: Action, form: Typed, error: PathwaysError | StatesError) -> Trouble:
    """Return what the page says of a refusal, at the question it is about or above the form."""
    if isinstance(error, InvalidOrder):
        return Trouble(way=action.way, form=form, errors=errors_of(visit, action, error))
    if not isinstance(error, PathwaysError):
        raise error
    text = in_words(visit, error)
    at = "to" if isinstance(error, Unknown) else AT_FIELD.get(error.sentence, "")
    if at in action.names:
        return Trouble(way=action.way, form=form, errors={at: text})
    return Trouble(way=action.way, form=form, others=(text,))


def errors_of(visit: Visit, action: Action, error: InvalidOrder) -> dict[str, str]:
    """Return what is wrong by the field of the form that was asked for it."""
    found: dict[str, str] = {}
    for problem in error.problems:
        name = action.data.get(problem.field, "file" if problem.field in {"content", "name"} else problem.field)
        label = visit.texts.word("web.work.field", name)
        told = visit.wording.sentence(problem.sentence, problem.values)
        found.setdefault(name, visit.texts.say("web.work.wrong", label=label, told=told))
    return found


def in_words(visit: Visit, error: PathwaysError) -> str:
    """Return a refusal's sentence."""
    return visit.wording.sentence(error.sentence, error.values)


def require_action(way: str) -> Action:
    """Return an action by the end of its address; any other address is no page of ours."""
    try:
        return ACTIONS[way]
    except KeyError:
        raise NotFound from None
