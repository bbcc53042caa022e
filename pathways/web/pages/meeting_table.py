"""`/moten/{body}/{day}/arende/{item}`: one item to decide at the table, and afterwards what was decided."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import IntroductionChanged, MeetingRefused, NotAllowed, PathwaysError, Problem, Refused
from pathways.services.ask import Receipt
from pathways.services.deciding.conflicts import declare_conflict, withdraw_conflict
from pathways.services.deciding.decide_item import Given, Recorded, decide_item, is_logged
from pathways.services.deciding.take_back_item import take_back_item
from pathways.services.preview import preview
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import deciding_fields as questions
from pathways.web.command_flow import undo_path
from pathways.web.command_review import Review, build_review
from pathways.web.deciding_read import OnTheTable, read_table
from pathways.web.deciding_shown import is_concerned, show_table
from pathways.web.forms import Keys, first, keys_of
from pathways.web.office import administer, office_of, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError, TransitionRefused

router = APIRouter(prefix="/moten/{body}/{day}/arende/{item}")
KEEP = "keep_minutes"
STEP, CONFIRM, CHANGE, MORE = "steg", "bekrafta", "andra", "villkor"
CONFLICT, UNREADABLE = 409, 422


@router.get("")
def show_item(visit: VisitDep, body: str, day: str, item: str) -> Response:
    """Show the item with all that is needed to decide it, or what was decided."""
    table = _table(visit, body, day, item)
    version = table.view.position.version if table.view else None
    return show_table(visit, table, keys=Keys(version=version))


@router.post("")
def decide(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Show what the decision would bring, or record it; 409 with every rule that stands in the way, 422 with faults."""
    table = _table(visit, body, day, item)
    if not visit.may(KEEP):
        raise NotFound
    keys, step = keys_of(form), first(form, STEP)
    if step in {CHANGE, MORE}:
        return show_table(visit, table, form, keys=keys, more=int(step == MORE))
    given, problems = questions.given_of(form)
    if given is None:
        return show_table(visit, table, form, keys=keys, problems=problems, status=UNREADABLE)
    try:
        if step != CONFIRM:
            return show_table(visit, table, form, keys=keys, review=_look_ahead(visit, table, given, keys))
        recorded = visit.app.retry(lambda work: _record(visit, work, table, given, keys))
    except (PathwaysError, StatesError) as error:
        return _refused(visit, (body, day, item), form, keys, error)
    undo = undo_path(visit, recorded.receipt) if recorded.receipt else ""
    return visit.redirect(table.address, "web.decide.told.recorded", undo=undo, number=given.paragraph_no)


@router.post("/jav")
def declare(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Record a conflict of interest, or take the record back: of oneself, or of anybody where one keeps the minutes."""
    table = _table(visit, body, day, item)
    act = withdraw_conflict if first(form, "gor") == "ta-tillbaka" else declare_conflict
    person = first(form, "person") or visit.visitor.slug
    is_own = person == visit.visitor.slug and is_concerned(visit, table)
    if not is_own and not visit.may(KEEP):
        raise NotFound
    item_id = table.line.item_id
    try:
        visit.app.retry(lambda work: act(office_of(visit, work), item_id, person, profile=visit.profile))
    except NotAllowed:
        raise
    except PathwaysError as error:
        status, told = words_of(visit, error)
        return show_table(visit, table, keys=Keys(), others=(told,), status=status)
    told_id = "web.decide.told.conflict" if act is declare_conflict else "web.decide.told.no_conflict"
    return visit.redirect(f"{table.address}#jav", told_id)


@router.post("/ta-tillbaka")
def take_back(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Take back what was recorded where nothing moved by it; the item stands open again."""
    table = _table(visit, body, day, item)
    if not visit.may(KEEP):
        raise NotFound
    reason, ref, item_id = first(form, "reason"), table.line.row["decision_ref"], table.line.item_id
    try:
        if ref is None:
            administer(visit, KEEP, lambda office: take_back_item(office, item_id, profile=visit.profile))
        else:
            slug = table.line.row["introduction"]
            visit.run(slug, "take_back_decision", {"decision": ref}, keys=keys_of(form), reason=reason)
    except (PathwaysError, TransitionRefused) as error:
        if isinstance(error, NotAllowed):
            raise
        status, told = words_of(visit, error) if isinstance(error, PathwaysError) else (CONFLICT, "")
        return show_table(visit, table, keys=Keys(), others=(told,), status=status)
    return visit.redirect(table.address, "web.decide.told.taken_back")


def _table(visit: Visit, body: str, day: str, item: str) -> OnTheTable:
    with visit.read() as work:
        return read_table(visit, work, body, day, item)


def _record(visit: Visit, work: UnitOfWork, table: OnTheTable, given: Given, keys: Keys) -> Recorded:
    return decide_item(
        office_of(visit, work),
        table.line.item_id,
        given,
        ask=visit.ask(keys),
        profile=visit.profile,
        salter=visit.app.salter,
    )


def _look_ahead(visit: Visit, table: OnTheTable, given: Given, keys: Keys) -> Review:
    """Return what would come of it, found by doing it in a transaction that is left without commit."""
    told = tuple(_tell(visit, table, given))
    with visit.write() as work:
        if not is_logged(table.situation, given) or table.view is None:
            _record(visit, work, table, given, keys)
            return Review(
                given=told,
                position="",
                moves=False,
                tasks=(),
                withdrawn=(),
                timers=(),
                cancelled=(),
                messages=(),
            )
        place = table.view.position.place
        ahead = preview(work, lambda inner: _receipt(_record(visit, inner, table, given, keys)), place=place)
    row = table.view.position
    return build_review(visit, ahead, before=visit.wording.position(row.phase, row.place), given=told)


def _receipt(recorded: Recorded) -> Receipt:
    if recorded.receipt is None:  # the same record was sent before
        raise Refused("error.item_decided", number=recorded.item_id)
    return recorded.receipt


def _tell(visit: Visit, table: OnTheTable, given: Given) -> list[tuple[str, str]]:
    """Return the decision as the person who confirms it reads it."""
    say = visit.texts.say
    told = [
        (say("web.decide.field.outcome"), say(f"web.decide.outcome.{table.situation.part}.{given.outcome}")),
        (say("web.decide.field.motive"), given.motive),
        (say("web.decide.field.paragraph"), given.paragraph_no),
        (say("web.decide.field.register"), given.register_no),
        (say("web.decide.field.dissent"), given.dissent),
    ]
    for number, one in enumerate(given.conditions, start=1):
        what = say(
            "web.decide.condition_told",
            text=one.text,
            day=visit.formats.day(one.due_on),
            role=visit.texts.word("role", one.role),
        )
        told.append((say("web.decide.field.condition", number=number), what))
    return [(name, value) for name, value in told if value]


def _refused(
    visit: Visit, where: tuple[str, str, str], form: FormDep, keys: Keys, error: PathwaysError | StatesError
) -> Response:
    """Show the form again with what stands in the way; what changed meanwhile is read anew."""
    if isinstance(error, NotAllowed):
        raise error
    table = _table(visit, *where)
    if isinstance(error, MeetingRefused):
        only_faults = all(one.field for one in error.reasons)
        status = UNREADABLE if only_faults else CONFLICT
        return show_table(visit, table, form, keys=keys, problems=_placed(error.reasons), status=status)
    if isinstance(error, IntroductionChanged) and table.view is not None:
        keys = Keys(command_id=keys.command_id, version=table.view.position.version)
    return show_table(visit, table, form, keys=keys, error=error, status=CONFLICT)


def _placed(reasons: Sequence[Problem]) -> list[Problem]:
    """Return the problems with those about all conditions at the first."""
    return [Problem("condition-1", one.sentence, one.values) if one.field == "conditions" else one for one in reasons]
