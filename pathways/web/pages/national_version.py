"""`/nationellt/version/{pathway}`: what a new national version changes, and its way through the region's introductions.

First the difference, then the dry run with the choices, then all of it to look over once more, then the result.
"""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError, Refused
from pathways.queries.rollout import Difference, DoneRollout, find_difference, list_rollouts
from pathways.queries.shelf import get_shelved
from pathways.services.gap.step_diff import Piece, StepChange, compare_words
from pathways.services.national.behind import list_behind
from pathways.services.national.carry_out_rollout import Chosen, carry_out_rollouts, write_rollouts
from pathways.services.national.plan_rollout import Line, Within, plan_rollout
from pathways.services.national.undo_rollout import undo_rollout
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.office import administer, words_of
from pathways.web.posted import FormDep
from pathways.web.rollout_shown import (
    LONGEST_REASON,
    is_stale,
    read_choices,
    show_joints,
    show_line,
    tell_reasons,
    way_label,
)
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/nationellt/version/{pathway}")
ACTION = "roll_out_version"
EARLIER, LATER, STEP, ROLLOUT = "fran", "till", "steg", "utrullning"
CONFIRM, CHANGE = "gor", "andra"
REASON = "skal"
UNREADABLE = 422


@router.get("")
def show(visit: VisitDep, pathway: str) -> Response:
    """Show the difference, the dry run for those who steer, and what has been done."""
    visit.require("see_national")
    query = visit.request.query_params
    return _page(visit, pathway, before=query.get(EARLIER) or None, after=query.get(LATER) or None)


@router.post("")
def roll_out(visit: VisitDep, pathway: str, form: FormDep) -> Response:
    """Show once more what will happen, or carry it out."""
    if not visit.may(ACTION):
        raise NotFound
    lines = _plan(visit, pathway)
    choices, faults = read_choices(visit, lines, form)
    if not lines:
        return visit.redirect(f"/nationellt/version/{pathway}", "web.national.nothing_left")
    if first(form, STEP) == CHANGE:
        return _page(visit, pathway, typed=form)
    if is_stale(lines, form):
        told = visit.texts.say("web.national.fault.stale")
        return _page(visit, pathway, typed=form, faults=faults, others=(told,), status=409)
    if faults:
        return _page(visit, pathway, typed=form, faults=faults, status=UNREADABLE)
    if first(form, STEP) != CONFIRM:
        return _look_over(visit, pathway, lines, choices, form)
    return _carry_out(visit, pathway, lines, choices, keys_of(form))


@router.post("/angra")
def undo(visit: VisitDep, pathway: str, form: FormDep) -> Response:
    """Take a rollout back as a whole."""
    if not visit.may(ACTION):
        raise NotFound
    known = {str(one.rollout_id): one.rollout_id for one in _read(visit, pathway)[2]}
    rollout_id = known.get(first(form, ROLLOUT))
    if rollout_id is None:
        told = visit.texts.say("web.national.fault.rollout")
        return _page(visit, pathway, others=(told,), status=UNREADABLE)
    name = f"{REASON}-{rollout_id}"
    reason = first(form, name)
    if not reason or len(reason) > LONGEST_REASON:
        fault = "web.national.fault.long" if reason else "web.national.fault.undo_reason"
        told = visit.texts.say(fault, n=LONGEST_REASON)
        return _page(visit, pathway, typed=form, faults={name: told}, status=UNREADABLE)
    within = _within(visit)
    try:
        n = administer(
            visit,
            ACTION,
            lambda office: undo_rollout(visit.app, office, within, rollout_id=rollout_id, reason=reason),
        )
    except Refused as error:
        return _page(visit, pathway, typed=form, faults={name: words_of(visit, error)[1]}, status=409)
    return visit.redirect(f"/nationellt/version/{pathway}", "web.national.undone", n=n)


def _within(visit: Visit) -> Within:
    return Within(region_id=visit.visitor.region_id, profile=visit.profile, actor=visit.visitor.slug)


def _plan(visit: Visit, pathway: str) -> tuple[Line, ...]:
    """Return the dry run of the pathway's introduction, with those of the joint introduction it belongs to."""
    region_id = visit.visitor.region_id
    with visit.read() as work:
        get_shelved(work, region_id=region_id, slug=pathway)
        behind = list_behind(work, region_id=region_id)
    own = [one for one in behind if one.pathway_slug == pathway]
    joint = {one.joint.slug for one in own if one.joint}
    wanted = [one.pathway_slug for one in behind if one in own or (one.joint and one.joint.slug in joint)]
    return plan_rollout(visit.app, _within(visit), pathways=wanted) if wanted else ()


def _carry_out(
    visit: Visit, pathway: str, lines: tuple[Line, ...], choices: Mapping[str, Chosen], keys: Keys
) -> Response:
    moving = visit.texts.say("web.national.moving_reason")
    rollouts = administer(
        visit,
        ACTION,
        lambda office: write_rollouts(office, lines, choices, press=keys.command_id, moving_reason=moving),
    )
    tally = carry_out_rollouts(visit.app, _within(visit), rollouts)
    left = tally.changed + tally.refused + tally.waits
    name = "web.national.carried_out_some" if left else "web.national.carried_out"
    return visit.redirect(f"/nationellt/version/{pathway}", name, n=tally.done, left=left)


def _look_over(
    visit: Visit, pathway: str, lines: tuple[Line, ...], choices: Mapping[str, Chosen], form: FormDep
) -> Response:
    shown = [show_line(visit, line, form, {}) for line in lines]
    chosen = {}
    for line in shown:
        choice = choices.get(line.slug)
        name = choice.choice.value if choice else ("take_over" if line.verdict == "moves" else "wait")
        way = next((one for one in line.ways if one.choice == name), None)
        chosen[line.slug] = (way_label(visit, name), way, choice.reason if choice and way else "")
    kept = [(name, value) for name, values in form.items() for value in values if name not in {STEP, "command_id"}]
    return visit.page(
        "national/confirm.html",
        pathway_slug=pathway,
        newest=lines[0].behind.newest,
        lines=shown,
        chosen=chosen,
        does=any(way is not None for _, way, _ in chosen.values()),
        kept=kept,
        keys=keys_of(form),
    )


def _read(visit: Visit, pathway: str) -> tuple[int, str, tuple[DoneRollout, ...]]:
    region_id = visit.visitor.region_id
    with visit.read() as work:
        shelved, _ = get_shelved(work, region_id=region_id, slug=pathway)
        done = list_rollouts(work, region_id=region_id, pathway_id=shelved.pathway_id)
    return shelved.pathway_id, shelved.name, done


def _page(
    visit: Visit,
    pathway: str,
    *,
    before: str | None = None,
    after: str | None = None,
    typed: FormDep | None = None,
    faults: Mapping[str, str] | None = None,
    others: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    typed, faults = typed or {}, faults or {}
    pathway_id, name, done = _read(visit, pathway)
    with visit.read() as work:
        try:
            found = find_difference(work, pathway_id=pathway_id, profile=visit.profile, before=before, after=after)
        except PathwaysError as error:
            status, others = UNREADABLE, (words_of(visit, error)[1],)
            found = find_difference(work, pathway_id=pathway_id, profile=visit.profile)
    may = visit.may(ACTION)
    lines = _plan(visit, pathway) if may else ()
    shown = [show_line(visit, line, typed, faults) for line in lines]
    joints = show_joints(visit, lines, shown, typed, faults)
    undo_fields = {one.rollout_id: _undo_field(visit, one.rollout_id, typed, faults) for one in done}
    return visit.page(
        "national/version.html",
        status=status,
        pathway_slug=pathway,
        name=name,
        found=found,
        pieces_of=_pieces(visit, found.steps) if found else {},
        choices=_version_choices(visit, found) if found else (),
        steers=may,
        lines=shown,
        joints=joints,
        done=done,
        told={one.rollout_id: [tell_reasons(visit, line.reasons) for line in one.lines] for one in done},
        undo_fields=undo_fields,
        faulty=[
            *(field for line in shown for field in line.fields),
            *(field for one in joints for field in one.fields),
            *undo_fields.values(),
        ],
        others=others,
        keys=Keys(),
    )


def _undo_field(visit: Visit, rollout_id: int, typed: FormDep, faults: Mapping[str, str]) -> Field:
    return Field(
        name=f"{REASON}-{rollout_id}",
        label=visit.texts.say("web.national.undo_reason"),
        help=visit.texts.say("web.national.undo_reason_help"),
        max_length=LONGEST_REASON,
        kind="area",
        rows=2,
    ).filled(typed, faults)


def _pieces(visit: Visit, steps: Sequence[StepChange]) -> dict[str, tuple[Piece, ...]]:
    """Return, for each changed step by its later number, the later words with what went and what came."""
    say = visit.formats.title
    return {
        one.after.ref: _readable(say(one.before.title), say(one.after.title))
        for one in steps
        if one.kind == "changed" and one.before and one.after
    }


def _readable(before: str, after: str) -> tuple[Piece, ...]:
    """Return the changes word by word; where little is left of the old words, the old and the new as wholes."""
    pieces = compare_words(before, after)
    kept = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    if kept * 2 >= min(len(before), len(after)):
        return pieces
    return Piece("removed", before), Piece("added", after)


def _version_choices(visit: Visit, found: Difference) -> tuple[Field, Field]:
    options = tuple(
        Option(value=one.label, label=visit.texts.say(f"web.gap.version_of.{one.kind}", label=one.label))
        for one in found.versions
    )
    earlier, later = visit.texts.say("web.gap.earlier"), visit.texts.say("web.gap.later")
    return (
        Field(name=EARLIER, label=earlier, kind="select", options=options, value=found.before.label),
        Field(name=LATER, label=later, kind="select", options=options, value=found.after.label),
    )
