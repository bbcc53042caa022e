"""What was typed into a command's form and not sent, for the forms in which something is written at length."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pathways.services.drafts import drop_draft, find_draft
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.command_errand import Errand
from pathways.web.command_present import WAS, untouched

Typed = Mapping[str, Sequence[str]]


def begin_with(errand: Errand) -> tuple[dict[str, list[str]], datetime | None]:
    """Return the answers that a form begins with, and when they were kept where they are a draft.

    A draft's answer that nobody had touched gives way to what stands now.
    """
    form = _known(errand)
    if not errand.draft_key:
        return form, None
    with errand.visit.read() as work:
        draft = find_draft(work, errand.visit.visitor.person_id, errand.draft_key)
    if draft is None:
        return form, None
    asked = {one.name for one in errand.fields}
    left = untouched(dict.fromkeys(asked, ""), draft.typed)
    return {**form, **{name: list(draft.typed[name]) for name in asked & draft.typed.keys() - left}}, draft.kept_at


def let_go(errand: Errand) -> None:
    """Drop the draft of a form that was sent."""
    visit, key = errand.visit, errand.draft_key

    def drop(work: UnitOfWork) -> None:
        drop_draft(work, visit.visitor.person_id, key)

    if key:
        visit.app.retry(drop)


def _known(errand: Errand) -> dict[str, list[str]]:
    """Return the answers that go without saying, and unseen beside those that stand already what they are."""
    known: dict[str, list[str]] = {}
    for one in errand.fields:
        values = list(one.value) if isinstance(one.value, tuple) else [one.value]
        known[one.name] = [value for value in values if value]
    if errand.present is not None and errand.present.begins:
        known |= {name: [value] for name, value in errand.present.values.items()}
        known |= {WAS + name: [value] for name, value in errand.present.values.items()}
    return known
