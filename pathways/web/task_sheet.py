"""The page of one task, shown as it stands, or again with what was typed and what was wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi.responses import Response

from pathways.queries.choices import list_people
from pathways.queries.task_page import Meanwhile, TaskPage, task_page
from pathways.services.drafts import KeptDraft, find_draft
from pathways.services.task.files import ENDINGS, LARGEST
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.comment_way import views_path
from pathways.web.forms import Field, Keys, Option
from pathways.web.gap_way import answer_path
from pathways.web.hold_way import hold_path
from pathways.web.task_actions import ACTIONS, DONE_WAY, build_fields, list_allowed
from pathways.web.task_words import TaskWords
from pathways.web.visit import NotFound, Visit

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong with one action: where, what was typed, and what to say at which question or above the form."""

    way: str
    form: Typed
    errors: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    meanwhile: Meanwhile | None = None


@dataclass(frozen=True, slots=True)
class FormShown:
    """One action's form on the page."""

    way: str
    command: str
    fields: tuple[Field, ...]
    keys: Keys
    is_open: bool


def load_page(visit: Visit, work: UnitOfWork, slug: str, ref: str) -> TaskPage:
    """Return the task if it is the visitor's, or their role opens tasks; to others there is no such page."""
    visitor = visit.visitor
    page = task_page(
        work, region_id=visitor.region_id, slug=slug, ref=ref, person_id=visitor.person_id, today=visit.today
    )
    if not page.is_mine and not visit.may("see_task"):
        raise NotFound
    return page


def draft_key(slug: str, ref: str) -> str:
    """Return the key of the draft of a task's outcome."""
    return f"uppgift/{slug}/{ref}"


def show_task(visit: Visit, slug: str, ref: str, *, trouble: Trouble | None = None, status: int = 200) -> Response:
    """Answer with the task's page."""
    with visit.read() as work:
        page = load_page(visit, work, slug, ref)
        ways = list_allowed(visit, page)
        draft = find_draft(work, visit.visitor.person_id, draft_key(slug, ref)) if page.state == "open" else None
        hands_on = any(action.command == "delegate_task" for action in ways)
        people = _people(visit, work, page) if hands_on else ()
    forms = {action.way: _form(visit, action.way, page, people, trouble=trouble, draft=draft) for action in ways}
    faulty = [one for form in forms.values() for one in form.fields if one.error]
    return visit.page(
        "work/task.html",
        status,
        page=page,
        forms=forms,
        trouble=trouble,
        faulty=faulty,
        has_errors=status >= 400,
        draft=draft if trouble is None else None,
        draft_key=draft_key(slug, ref),
        words_of=TaskWords(visit),
        base=f"/forlopp/{slug}/uppgift/{ref}",
        file_endings=",".join(f".{ending}" for ending in ENDINGS),
        largest=LARGEST,
        removals={one.ref: Keys() for one in page.attachments if _may_remove(visit, page, one.added_by)},
        typed_in_vain=_in_vain(forms, trouble),
        answer_path=answer_path(visit, page),
        views_path=views_path(page),
        hold_path=hold_path(page),
    )


def _form(
    visit: Visit,
    way: str,
    page: TaskPage,
    people: Sequence[Option],
    *,
    trouble: Trouble | None,
    draft: KeptDraft | None,
) -> FormShown:
    action = ACTIONS[way]
    fields = build_fields(visit, action, people=people, now=page)
    keys = Keys(version=page.seen)
    is_at_fault = trouble is not None and trouble.way == way
    if is_at_fault and trouble is not None:
        fields = [one.filled(trouble.form, trouble.errors) for one in fields]
    elif draft is not None and way == DONE_WAY:
        fields = [one.filled(draft.typed, {}) for one in fields]
    return FormShown(way, action.command, tuple(fields), keys, is_at_fault)


def _in_vain(forms: Mapping[str, FormShown], trouble: Trouble | None) -> tuple[str, ...]:
    """Return what was typed into a form that is not offered any more, so that nothing typed is lost."""
    if trouble is None or trouble.way in forms or trouble.way not in ACTIONS:
        return ()
    names = ACTIONS[trouble.way].names
    return tuple(text for name in names for text in trouble.form.get(name, ()) if text.strip())


def _people(visit: Visit, work: UnitOfWork, page: TaskPage) -> tuple[Option, ...]:
    rows = list_people(work, region_id=visit.visitor.region_id)
    return tuple(
        Option(value=row["slug"], label=f"{row['name']}, {row['unit']}" if row["unit"] else row["name"])
        for row in rows
        if row["id"] != page.assignee_id
    )


def _may_remove(visit: Visit, page: TaskPage, added_by: int | None) -> bool:
    is_own = added_by == visit.visitor.person_id
    return page.standing in {"active", "paused"} and visit.may("remove_attachment", page.introduction_id, owns=is_own)
