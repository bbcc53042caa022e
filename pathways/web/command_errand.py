"""One command on its way to one introduction: its questions, and what stands in its way before anything is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from pathways.profiles.vocabulary import Role
from pathways.queries.introduction import list_offers
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.services.lifecycle.start import NAME as START
from pathways.services.registry import use_case_of
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.command_form import AREAS, OWN_PAGES, PART_OF, REASON, asks_nothing, build_fields
from pathways.web.command_options import Around, offer
from pathways.web.command_places import page_after
from pathways.web.command_present import Present, find_present
from pathways.web.forms import Field, Keys, first
from pathways.web.refusals import ShownReason, shown_reason
from pathways.web.visit import NotFound, Visit
from states.commands import Command
from states.snapshot import ENDED

REWRITING = frozenset({"correct", "migrate"})
BROUGHT = frozenset(
    {
        *("review_incomplete", "hold_check_missing", "indicators_unsecured", "evaluation_missing"),
        *("celebration_missing", "receiver_missing", "reason_missing"),
    }
)
"""What the form of a command itself asks for: it stands in nobody's way to the form."""

CHOICES = frozenset({"select", "radios", "checkboxes"})
BESIDE = frozenset({"body", "meeting_on"})
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Errand:
    """A command, given by one visitor to one introduction (none yet, where one is to be started).

    `hindrance` says why it cannot be given at all just now; `reasons` are what somebody can do about that. `crowded`
    tells which units are asked too much already.
    """

    visit: Visit
    slug: str
    command: str
    head: Head | None
    pathway: str
    fields: tuple[Field, ...]
    present: Present | None = None
    hindrance: str = ""
    reasons: tuple[ShownReason, ...] = ()
    crowded: str = ""

    @property
    def title(self) -> str:
        """Return the command as a coordinator would say it."""
        return self.visit.wording.command(self.command)

    @property
    def address(self) -> str:
        """Return where the form is posted."""
        return f"/forlopp/{self.slug}/gor/{self.command}" if self.head else f"/katalog/{self.slug}/starta"

    @property
    def back(self) -> str:
        """Return the page that the visitor comes back to."""
        return page_after(self.command, self.slug, begun=self.head is not None)

    @property
    def position(self) -> str:
        """Return where the introduction stands, in words; empty before it has begun."""
        return self.visit.wording.position(self.head.phase, self.head.place) if self.head else ""

    @property
    def asks_nothing(self) -> bool:
        """Say whether the command goes to its review at once."""
        return not self.fields or asks_nothing(self.command)

    @property
    def beside(self) -> frozenset[str]:
        """Return the questions that stand apart: what to answer where a meeting is not in the list."""
        return BESIDE if any(one.name == "meeting" for one in self.fields) else frozenset()

    @property
    def draft_key(self) -> str:
        """Return the name under which a draft is kept; empty where nothing is written at length."""
        written = {one.name for one in self.fields} & AREAS.keys() - ({REASON} if self.command != "report" else set())
        return f"gor/{self.slug}/{self.command}" if written else ""

    @property
    def keys(self) -> Keys:
        """Return fresh unseen keys for the form."""
        return Keys(version=self.head.version if self.head else None)

    def around(self, work: UnitOfWork) -> Around:
        """Return the introduction as the form's choices need it."""
        return Around(self.visit, work, self.command, self.head)


def own_page(command: str, slug: str, form: Typed) -> str | None:
    """Return the address of the page that a command has instead of a form, or None where it has a form."""
    place = OWN_PAGES.get(command)
    if place is None:
        return None
    name, page = PART_OF.get(command, ("", ""))
    ref = first(form, name)
    return f"/forlopp/{slug}{page}{quote(ref, safe='')}" if ref else f"/forlopp/{slug}{place}"


def open_errand(visit: Visit, slug: str, command: str, form: Typed) -> Errand:
    """Return the command with its questions; one that nobody knows, or that is not the visitor's, is not found."""
    use_case_of(command)
    visit.require("see_introduction")
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        if not visit.may(command, head.introduction_id, owns=True):
            raise NotFound
        around = Around(visit, work, command, head)
        fields = build_fields(command, offer(around), visit.wording)
        if not visit.may(command, head.introduction_id) and not _has_something_own(fields):
            raise NotFound
        errand = Errand(visit, slug, command, head, head.pathway, fields, find_present(around, form))
        return _hindered(errand, work, head)


def open_start(visit: Visit, slug: str, pathway: str, *, may_respond: bool) -> Errand:
    """Return the start of an introduction; whether to respond is asked while the text is open for views."""
    with visit.read() as work:
        fields = build_fields(START, offer(Around(visit, work, START, None)), visit.wording)
    return Errand(visit, slug, START, None, pathway, fields if may_respond else ())


def _has_something_own(fields: Sequence[Field]) -> bool:
    """Say whether the visitor, who holds no role for this, has been given something that the command is about."""
    return any(one.options for one in fields if one.name in {"task", "attachment"})


def _hindered(errand: Errand, work: UnitOfWork, head: Head) -> Errand:
    """Return the errand with what hinders it: the place, nothing to choose between, or reasons that others can meet."""
    visit, ways = errand.visit, _ways(errand, work, head)
    if errand.command not in REWRITING and (head.standing in ENDED or ways == []):
        return replace(errand, hindrance=visit.wording.sentence("not_possible_here", {"place": head.place}))
    empty = next((one for one in errand.fields if one.required and one.kind in CHOICES and not one.options), None)
    if empty is not None:
        return replace(errand, hindrance=visit.texts.say("web.intro.nothing_to_choose", label=empty.label))
    if ways and all(ways):
        reasons = tuple(dict.fromkeys(reason for way in ways for reason in way))
        return replace(errand, hindrance=visit.texts.say("web.intro.refused.not_yet"), reasons=reasons)
    return errand


def _ways(errand: Errand, work: UnitOfWork, head: Head) -> list[tuple[ShownReason, ...]] | None:
    """Return what stands in the way of each choice of the command; None where it is none of the chart's."""
    visit = errand.visit
    if errand.command not in list(Command):
        return None
    by_head = Role.HEAD in visit.visitor.roles_in(head.introduction_id)
    found = list_offers(work, head, visit.profile, now=visit.now, today=visit.today, by_head=by_head)
    return [
        tuple(
            shown_reason(reason, visit.wording, slug=errand.slug)
            for reason in offer.reasons
            if reason.sentence not in BROUGHT
        )
        for offer in found
        if offer.command == errand.command
    ]
