"""How a command is given on a page: questions, then what would happen, then the button. Nothing typed is ever lost.

The same steps serve every command; what a command asks and what follows from it come from the engine itself.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fastapi.responses import Response

from pathways.errors import IntroductionChanged, InvalidOrder, PathwaysError, Problem
from pathways.queries.log_page import is_move, list_since
from pathways.queries.present import load_head
from pathways.services.ask import Ask, Receipt
from pathways.web.command_changed import Changed, compare
from pathways.web.command_draft import begin_with, let_go
from pathways.web.command_errand import Errand
from pathways.web.command_form import REASON, order_data
from pathways.web.command_present import WAS
from pathways.web.command_refused import Refusal, understand
from pathways.web.command_review import Review, build_review, tell_answers
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.history_shown import tell_events
from pathways.web.introduction_undo import NOT_UNDONE
from pathways.web.visit import Visit
from states.errors import StatesError

STEP, CONFIRM, CHANGE = "steg", "bekrafta", "andra"
BACK = "till"
DANGEROUS = frozenset({"stop", "correct"})
Typed = Mapping[str, Sequence[str]]


def begin(errand: Errand, asked: Typed) -> Response:
    """Answer with the questions, or at once with the consequences where there is nothing to ask."""
    known, kept_at = begin_with(errand)
    form = {**known, **{name: list(values) for name, values in asked.items()}}
    if errand.asks_nothing and not errand.hindrance:
        return _review(errand, form, errand.keys, refused_status=200)
    return show(errand, form, errand.keys, kept_at=kept_at)


def go_on(errand: Errand, form: Typed) -> Response:
    """Answer a form that came in: the consequences, the deed itself, or the form again with what is wrong."""
    keys, step = keys_of(form), first(form, STEP)
    if step == CHANGE:
        return show(errand, form, keys)
    if step != CONFIRM:
        return _review(errand, form, keys)
    try:
        receipt = errand.visit.app.run(errand.slug, errand.command, _data(errand, form), _ask(errand, form, keys))
    except IntroductionChanged as error:
        return _changed(errand, form, keys, error)
    except (PathwaysError, StatesError) as error:
        return _refused(errand, form, keys, error)
    return _done(errand, receipt, form)


def show(
    errand: Errand,
    form: Typed,
    keys: Keys,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    review: Review | None = None,
    changed: Changed | None = None,
    kept_at: datetime | None = None,
) -> Response:
    """Answer with the command's page: its form, or its consequences, or why it was refused."""
    fields = _filled(errand, form, refusal)
    return errand.visit.page(
        "introduction/command.html",
        status=status,
        errand=errand,
        fields=fields,
        keys=keys,
        refusal=refusal,
        review=review,
        changed=changed,
        changed_events=tell_events(errand.visit, changed.events) if changed else (),
        hidden=_hidden(errand, form, kept=review is not None),
        kept_at=kept_at,
        is_dangerous=errand.command in DANGEROUS,
        has_errors=any(one.error for one in fields),
    )


def is_own_path(path: str) -> bool:
    """Say whether an address leads to a page of ours and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


def _review(errand: Errand, form: Typed, keys: Keys, *, refused_status: int | None = None) -> Response:
    visit = errand.visit
    try:
        ahead = visit.app.preview(errand.slug, errand.command, _data(errand, form), _ask(errand, form, keys))
    except IntroductionChanged as error:
        return _changed(errand, form, keys, error)
    except (PathwaysError, StatesError) as error:
        return _refused(errand, form, keys, error, status=refused_status)
    given = tell_answers(visit, [one for one in errand.fields if one.name != REASON or first(form, REASON)], form)
    review = build_review(visit, ahead, before=errand.position, given=given, undone=_undone(errand, form))
    return show(errand, form, keys, review=review)


def _undone(errand: Errand, form: Typed) -> tuple[str, ...]:
    """Return the events that a correction undoes, in words."""
    undo_to = first(form, "undo_to")
    if errand.command != "correct" or errand.head is None or not undo_to.isdecimal():
        return ()
    visit, head = errand.visit, errand.head
    with visit.read() as work:
        events = list_since(
            work, region_id=visit.visitor.region_id, introduction_id=head.introduction_id, after=int(undo_to)
        )
    system = visit.texts.say("actor.system")
    return tuple(
        f"{visit.wording.command(event.command)}, {visit.formats.moment(event.at)}, {event.actor or system}"
        for event in events
        if event.moved
    )


def _refused(
    errand: Errand, form: Typed, keys: Keys, error: PathwaysError | StatesError, *, status: int | None = None
) -> Response:
    fields = _filled(errand, form, None)
    refusal = understand(error, errand.visit, fields, slug=errand.slug, command=errand.command)
    return show(errand, form, keys, status=status or refusal.status, refusal=refusal)


def _changed(errand: Errand, form: Typed, keys: Keys, error: IntroductionChanged) -> Response:
    """Show what somebody else did meanwhile, with the form still filled and ready to go on with what stands now."""
    visit, seen = errand.visit, keys.version
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=errand.slug)
        around = errand.around(work)
        changed = compare(
            around, errand.present, _filled(errand, form, None), form, seen=head.version if seen is None else seen
        )
    text = visit.wording.sentence("error.introduction_changed_meanwhile", error.values)
    refusal = Refusal(status=409, text=text)
    fresh = Keys(command_id=keys.command_id, version=head.version)
    return show(errand, changed.form, fresh, status=409, refusal=refusal, changed=changed)


def _done(errand: Errand, receipt: Receipt, form: Typed) -> Response:
    """Answer with the way back, what was done, and for a while the way to undo it."""
    let_go(errand)
    visit, wanted = errand.visit, first(form, BACK)
    path = wanted if is_own_path(wanted) else errand.back
    if errand.head is None:
        path = f"/forlopp/{receipt.slug}"
    told = "web.intro.done_before" if receipt.repeated else "web.intro.done"
    return visit.redirect(path, notice=told, undo=undo_path(visit, receipt), command=errand.title)


def undo_path(visit: Visit, receipt: Receipt) -> str:
    """Return where the command can be undone, empty where it cannot: only a move can, and by those who may correct."""
    case = receipt.introduction_id
    if receipt.command in NOT_UNDONE or not visit.may("correct", case):
        return ""
    with visit.read() as work:
        moved = is_move(work, region_id=visit.visitor.region_id, introduction_id=case, seq=receipt.seq)
    return f"/forlopp/{receipt.slug}/angra/{receipt.seq}" if moved else ""


def _data(errand: Errand, form: Typed) -> dict[str, object]:
    _require_a_report(errand, form)
    return order_data(errand.fields, form)


def _ask(errand: Errand, form: Typed, keys: Keys) -> Ask:
    return errand.visit.ask(keys, reason=first(form, REASON))


def _require_a_report(errand: Errand, form: Typed) -> None:
    """A report is its reason; the engine would take an empty one."""
    if errand.command == "report" and not first(form, REASON):
        raise InvalidOrder(errand.command, [Problem(REASON, "order.missing", {"given": "", "expected": ""})])


def _filled(errand: Errand, form: Typed, refusal: Refusal | None) -> tuple[Field, ...]:
    return tuple(one.filled(form, refusal.errors if refusal else {}) for one in errand.fields)


def _hidden(errand: Errand, form: Typed, *, kept: bool) -> list[tuple[str, str]]:
    """Return what the form carries unseen; with the consequences also every answer, so that nothing is lost."""
    names = {one.name for one in errand.fields} if kept else set()
    names |= {name for name in form if name.startswith(WAS)} | {BACK}
    if kept and errand.asks_nothing:
        names -= {REASON}
    return [(name, value) for name in sorted(names) for value in form.get(name, ())]
