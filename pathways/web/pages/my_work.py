"""`/`: what waits for whoever is logged in, soonest first; and one action on several tasks at once, with a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from fastapi import APIRouter, Query
from fastapi.responses import Response

from pathways.errors import IntroductionChanged, InvalidOrder, PathwaysError
from pathways.queries.award import list_awaited_votes
from pathways.queries.cover import load_cover
from pathways.queries.my_work import (
    Groups,
    MyTask,
    list_advancing,
    list_asked,
    list_done,
    list_late_of_others,
    list_my_tasks,
)
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Keys, first, keys_of
from pathways.web.posted import FormDep
from pathways.web.task_actions import ACTIONS, Action, build_fields, data_of, find_problems
from pathways.web.task_carry import UNREADABLE, errors_of, in_words
from pathways.web.task_words import TaskWords
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter()
TOGETHER = ("klar", "mer-tid")
MOST = 100
CONFLICT = 409
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class NotDone:
    """A task that one action on several left as it was, and why."""

    task: MyTask
    why: str


@router.get("/")
def my_work(visit: VisitDep) -> Response:
    """Show what waits for the visitor, and for others where the visitor steers or decides."""
    return _show(visit)


@router.get("/uppgifter")
def preview_several(visit: VisitDep, gor: str = "", uppgift: tuple[str, ...] = Query(())) -> Response:
    """Show what one action on the chosen tasks would change, and ask for what it needs."""
    action = _together(gor)
    chosen = _chosen(visit, uppgift)
    if not chosen:
        return _show(visit, problem=visit.texts.say("web.work.several.none"), status=UNREADABLE)
    return _preview(visit, action, chosen, Keys(), form={}, errors={})


@router.post("/uppgifter/{way}")
def do_several(visit: VisitDep, way: str, form: FormDep) -> Response:
    """Carry one action out on each of the chosen tasks; tell which were done, and why others were not."""
    action = _together(way)
    keys, fields = keys_of(form), build_fields(visit, action)
    chosen = _chosen(visit, form.get("uppgift", ()))
    if missing := find_problems(visit, fields, form):
        return _preview(visit, action, chosen, keys, form=form, errors=missing)
    try:
        left = [one for one in (_do(visit, action, task, keys, form) for task in chosen) if one is not None]
    except InvalidOrder as error:
        return _preview(visit, action, chosen, keys, form=form, errors=errors_of(visit, action, error))
    done = len(chosen) - len(left)
    if not left:
        told = "web.work.several.completed" if way == "klar" else "web.work.several.snoozed"
        return visit.redirect("/", told, n=done) if done else visit.redirect("/", "web.work.several.repeated")
    status = 200 if done else CONFLICT
    return visit.page("work/several_result.html", status, done=done, left=left, has_errors=True)


def _show(visit: Visit, *, problem: str = "", status: int = 200) -> Response:
    visitor = visit.visitor
    here = {"region_id": visitor.region_id}
    mine = {**here, "person_id": visitor.person_id}
    steers, decides = visit.may("see_others_work"), visit.may("see_decisions")
    with visit.read() as work:
        cover = load_cover(work, region_id=visitor.region_id, today=visit.today)
        tasks = list_my_tasks(work, cover, **mine, today=visit.today)
        done = list_done(work, **mine)
        late = list_late_of_others(work, cover, **mine, today=visit.today) if steers else None
        advancing = list_advancing(work, **here, profile=visit.profile, today=visit.today) if steers else ()
        asked = list_asked(work, **here) if decides else ()
        votes = list_awaited_votes(work, **mine)
    return visit.page(
        "work/my_work.html",
        status,
        tasks=tasks,
        groups=(("late", tasks.late), ("this_week", tasks.this_week), ("later", tasks.later)),
        done=done,
        waiting=late,
        advancing=advancing,
        asked=asked,
        ranks=visit.may("rank"),
        votes=votes,
        problem=problem,
        has_errors=bool(problem),
        words_of=TaskWords(visit),
        together=TOGETHER,
    )


def _together(way: str) -> Action:
    if way not in TOGETHER:
        raise NotFound
    return ACTIONS[way]


def _chosen(visit: Visit, names: Sequence[str]) -> list[MyTask]:
    """Return the visitor's own open tasks of these names; what is none of theirs is left out."""
    wanted = set(names[:MOST])
    with visit.read() as work:
        return [task for task in _tasks(visit, work).all if f"{task.slug}/{task.ref}" in wanted]


def _tasks(visit: Visit, work: UnitOfWork) -> Groups:
    visitor = visit.visitor
    cover = load_cover(work, region_id=visitor.region_id, today=visit.today)
    return list_my_tasks(work, cover, region_id=visitor.region_id, person_id=visitor.person_id, today=visit.today)


def _preview(
    visit: Visit,
    action: Action,
    chosen: Sequence[MyTask],
    keys: Keys,
    *,
    form: Typed,
    errors: Mapping[str, str],
) -> Response:
    fields = [one.filled(form, errors) if form else one for one in build_fields(visit, action)]
    return visit.page(
        "work/several.html",
        UNREADABLE if errors else 200,
        action=action,
        chosen=chosen,
        introductions=len({task.slug for task in chosen}),
        fields=fields,
        keys=Keys(keys.command_id),
        has_errors=bool(errors),
        words_of=TaskWords(visit),
    )


def _do(visit: Visit, action: Action, task: MyTask, keys: Keys, form: Typed) -> NotDone | None:
    """Carry the action out on one task; sent twice, each task's command is still given once."""
    mark = sha256(f"{task.slug}/{task.ref}".encode()).hexdigest()[:12]
    own = Keys(f"{keys.command_id[:60]}-{mark}")
    reason = first(form, action.reason) if action.reason else ""
    try:
        visit.run(task.slug, action.command, data_of(action, task.ref, form), keys=own, reason=reason)
    except InvalidOrder:
        raise
    except IntroductionChanged:
        return NotDone(task, visit.texts.say("web.work.several.try_again"))
    except PathwaysError as error:
        return NotDone(task, in_words(visit, error))
    except StatesError:
        return NotDone(task, visit.texts.say("error.engine_fault"))
    return None
