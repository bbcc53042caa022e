"""The one page on which every form of measuring is shown: its questions in groups, what is wrong, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from pathways.web.forms import Field, Keys
from pathways.web.introduction_sections import list_sections
from pathways.web.measuring_read import Looked
from pathways.web.visit import Visit

UNREADABLE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringForm:
    """A form: what it is called, where it goes, its fields in groups of (heading, fields), and the way back.

    `danger` says that its button takes something away; `facts` are shown above the questions. `above` is the
    page that it belongs to, as address and words.
    """

    heading: str
    intro: str
    action: str
    groups: Sequence[tuple[str, Sequence[Field]]]
    button: str
    back: str
    kicker: str = ""
    above: tuple[str, str] | None = None
    danger: bool = False
    facts: Sequence[tuple[str, object]] = ()
    notes: Sequence[tuple[str, str]] = ()
    unseen: Sequence[tuple[str, str]] = ()
    template: str = "measuring/form.html"


def show_form(
    visit: Visit, looked: Looked, form: MeasuringForm, *, faults: Mapping[str, str], keys: Keys, status: int = 0
) -> Response:
    """Answer with the form; 422 where something in it is wrong."""
    head = looked.measures.head
    fields = [one for _, fields in form.groups for one in fields]
    known = {one.name for one in fields}
    return visit.page(
        form.template,
        status=status or (UNREADABLE if faults else 200),
        head=head,
        root=f"/forlopp/{head.slug}/matning",
        form=form,
        fields=fields,
        other_faults=tuple(text for name, text in faults.items() if name not in known),
        keys=keys,
        has_errors=bool(faults),
        sections=list_sections(visit, head.slug, "/matning"),
    )
