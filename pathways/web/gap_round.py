"""One unit's form: its sections (one per pathway), how far each step has come, and what is to be handed in.

The same form serves one introduction and a bundle of several; only its address and the number of sections differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathways.models.gap import InvitationState
from pathways.queries.gap_bundle import find_bundle
from pathways.queries.gap_form import FormSection, FormStep, FormUnit, find_section, find_unit
from pathways.services.gap.answers import StepAnswer, needs_measure
from pathways.web.forms import first
from pathways.web.gap_fields import HEADER, SEEN, read_answer, typed_of
from pathways.web.visit import NotFound, Visit

Typed = Mapping[str, Sequence[str]]
READY = frozenset({"ready", "sent"})


@dataclass(frozen=True, slots=True)
class Place:
    """One step of one section: how far it has come, what its form holds, and where its page is.

    `state` is one of ready (drafted whole), sent, begun, changed (by somebody else), review and not_begun.
    """

    section: FormSection
    step: FormStep
    href: str
    typed: Typed
    answer: StepAnswer | None
    faults: Mapping[str, str]
    state: str


@dataclass(frozen=True, slots=True)
class Round:
    """The whole form: `base` is its address, `title` what it is about, `bundle` the short name of a bundle."""

    unit: FormUnit
    sections: tuple[FormSection, ...]
    base: str
    title: str
    bundle: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether anything of it can be answered now."""
        return any(takes(section) for section in self.sections)

    @property
    def main(self) -> FormSection:
        """Return the section that holds what is said once for all."""
        return self.sections[0]

    @property
    def header(self) -> Typed:
        """Return who answers, as typed and not yet sent, or as handed in."""
        if self.main.header is not None:
            return self.main.header.typed
        return {name: [value] for name in HEADER if (value := self.main.invitation[name])}

    @property
    def header_href(self) -> str:
        """Return the page about who answers."""
        return f"{self.base}/om"

    @property
    def drafts(self) -> tuple[str, ...]:
        """Return the keys of the drafts that the form has."""
        steps = (step.key for section in self.sections for step in section.steps if step.draft)
        return (*steps, *(section.header_key for section in self.sections if section.header))

    def places(self) -> Iterator[Place]:
        """Yield every step, in the order of the form."""
        for section in self.sections:
            for step in section.steps:
                yield self._place(section, step)

    def places_of(self, section: FormSection) -> list[Place]:
        """Return the steps of one section."""
        return [self._place(section, step) for step in section.steps]

    def place(self, slug: str, number: int) -> Place:
        """Return one step; a section or step that is not there is not found."""
        for place in self.places():
            if place.section.head.slug == slug and place.step.number == number:
                return place
        raise NotFound

    def after(self, place: Place) -> str:
        """Return the page to go on to: the next step of the form, or the list of them after the last."""
        hrefs = [one.href for one in self.places()]
        following = hrefs[hrefs.index(place.href) + 1 :]
        return following[0] if following else self.base

    def before(self, place: Place) -> str:
        """Return the page before this step's."""
        hrefs = [one.href for one in self.places()]
        at = hrefs.index(place.href)
        return hrefs[at - 1] if at else self.header_href

    def _place(self, section: FormSection, step: FormStep) -> Place:
        number = f"{section.head.slug}/{step.number}" if self.bundle else str(step.number)
        typed = typed_in(step)
        answer, faults = read_answer(step.step.ref, typed)
        return Place(
            section, step, f"{self.base}/steg/{number}", typed, answer, faults, _state(step, whole=answer is not None)
        )


def takes(section: FormSection) -> bool:
    """Say whether the unit may answer this section now; a unit that was excused is asked nothing."""
    return section.is_open and section.state != InvitationState.EXCUSED


def typed_in(step: FormStep) -> Typed:
    """Return what a step's form begins with: the draft, what was handed in, or the words of an earlier answer.

    An earlier answer was to other words, so how large the gap is now is asked anew.
    """
    if step.draft is not None:
        return step.draft.typed
    if step.answer is not None:
        return {**typed_of(step.answer), SEEN: [str(step.stands_at)]}
    if step.earlier is not None:
        return {**{name: value for name, value in typed_of(step.earlier).items() if name != "level"}, SEEN: ["0"]}
    return {SEEN: ["0"]}


def open_round(visit: Visit, slug: str, unit_slug: str) -> Round:
    """Return the form of a unit in one introduction; it is not found by those who do not answer for the unit."""
    visitor = visit.visitor
    with visit.read() as work:
        unit = find_unit(work, region_id=visitor.region_id, slug=unit_slug)
        section = find_section(
            work,
            unit,
            region_id=visitor.region_id,
            slug=slug,
            person_id=visitor.person_id,
            profile=visit.profile,
            today=visit.today,
        )
    if section is None or not _may_answer(visit, section):
        raise NotFound
    return Round(unit, (section,), f"/forlopp/{slug}/gapanalys/{unit.slug}", section.head.pathway)


def open_bundle_round(visit: Visit, bundle_slug: str, unit_slug: str) -> Round:
    """Return the form of a unit in a bundle: the sections that the visitor answers for."""
    visitor = visit.visitor
    with visit.read() as work:
        bundle = find_bundle(work, region_id=visitor.region_id, slug=bundle_slug)
        unit = find_unit(work, region_id=visitor.region_id, slug=unit_slug)
        found = [
            find_section(
                work,
                unit,
                region_id=visitor.region_id,
                slug=slug,
                person_id=visitor.person_id,
                profile=visit.profile,
                today=visit.today,
            )
            for slug in bundle.slugs
        ]
    sections = tuple(one for one in found if one is not None and _may_answer(visit, one))
    if not sections:
        raise NotFound
    return Round(unit, sections, f"/gapanalyser/{bundle.slug}/{unit.slug}", bundle.name, bundle.slug)


def order_data(form: Round, section: FormSection, typed_header: Typed) -> dict[str, object] | None:
    """Return what a section hands in, or None where nothing in it is new.

    Only what was drafted is handed in; where only the words about who answers are new, one answer goes along as it
    stands.
    """
    places = form.places_of(section)
    fresh = [place for place in places if place.step.draft is not None and place.answer is not None]
    header = {name: first(typed_header, name) for name in HEADER} if form.main.header is not None else {}
    if not fresh and header:
        fresh = [place for place in places if place.step.answer is not None and place.answer is not None][:1]
    if not fresh:
        return None
    answers = [place.answer.model_dump(mode="json", exclude_none=True) for place in fresh if place.answer]
    return {"unit": form.unit.slug, "version": section.version.label, "complete": True, "answers": answers, **header}


def _may_answer(visit: Visit, section: FormSection) -> bool:
    return visit.may("answer_gap", section.head.introduction_id, owns=section.owns)


def _state(step: FormStep, *, whole: bool) -> str:
    if step.is_changed_meanwhile:
        return "changed"
    if step.draft is not None:
        return "ready" if whole else "begun"
    if step.answer is None:
        return "review" if step.must_be_seen else "not_begun"
    bare = needs_measure(step.answer["level"]) and not step.answer["measure"]
    return "begun" if bare else "sent"
