"""What one unit has before it when it answers: the steps of one or several pathways, its answers, and its drafts.

A draft is the respondent's own; an answer is the unit's, and somebody else may have changed it since the draft began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.errors import Unknown
from pathways.models.draft import Draft
from pathways.models.gap import GapAnswer, GapBundle, GapInvitation, InvitationState
from pathways.models.organisation import Unit
from pathways.profiles.schema import Profile
from pathways.queries.gap import VersionName, label_known, name_of
from pathways.queries.material import Head, oldest_first
from pathways.queries.people import load_names
from pathways.queries.present import load_head
from pathways.services.drafts import KeptDraft
from pathways.services.gap.answers import written_in
from pathways.services.gap.asking import takes_answers
from pathways.services.gap.step_diff import TitledStep, compare_steps, must_be_seen
from pathways.services.gap.steps import list_steps
from pathways.services.roster import roster_of
from pathways.services.versions import Versions, versions_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_unit, _draft, _bundle = table_of(Unit), table_of(Draft), table_of(GapBundle)
_invitation, _answer = table_of(GapInvitation), table_of(GapAnswer)
_UNIT = select(_unit.c.id, _unit.c.slug, _unit.c.name).where(
    _unit.c.region_id == bindparam("region"), _unit.c.slug == bindparam("slug")
)
_UNIT_SLUGS = select(_unit.c.slug).where(_unit.c.region_id == bindparam("region"))
_INVITED = (
    select(*_invitation.c, _bundle.c.slug.label("bundle"))
    .outerjoin(_bundle, _bundle.c.id == _invitation.c.bundle_id)
    .where(
        _invitation.c.introduction_id == bindparam("case"),
        _invitation.c.unit_id == bindparam("unit"),
        _invitation.c.voided_by.is_(None),
    )
)
_ANSWERS = select(_answer).where(
    _answer.c.introduction_id == bindparam("case"),
    _answer.c.unit_id == bindparam("unit"),
    _answer.c.voided_by.is_(None),
)
_DRAFTS = select(_draft.c.key, _draft.c.typed, _draft.c.kept_at).where(
    _draft.c.person_id == bindparam("person"), _draft.c.key.in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, slots=True)
class FormUnit:
    """The unit that answers."""

    unit_id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStep:
    """One step as the respondent meets it.

    `answer` is what the unit has handed in, by `answered_by`; `earlier` what it answered about an earlier version, to a
    step whose words have changed since. `earlier_title` are the words it answered to then.
    """

    number: int
    step: TitledStep
    key: str
    answer: Row | None
    answered_by: str | None
    earlier: Row | None
    earlier_title: Mapping[str, str] | None
    must_be_seen: bool
    draft: KeptDraft | None

    @property
    def stands_at(self) -> int:
        """Return the event that wrote the answer as it stands, 0 where there is none."""
        return written_in(self.answer) if self.answer else 0

    @property
    def seen(self) -> int:
        """Return the event that wrote the answer which the draft began from."""
        found = self.draft.typed.get("seen", [""])[0] if self.draft else ""
        return int(found) if found.isdecimal() else self.stands_at

    @property
    def is_changed_meanwhile(self) -> bool:
        """Say whether somebody handed in another answer after the draft was begun."""
        return self.draft is not None and self.seen != self.stands_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """One pathway's part of the form. `owns` says that the respondent answers for the unit in this introduction."""

    head: Head
    version: VersionName
    invitation: Row
    is_open: bool
    owns: bool
    steps: tuple[FormStep, ...]
    header_key: str
    header: KeptDraft | None

    @property
    def state(self) -> str:
        """Return where the unit's answer stands."""
        return str(self.invitation["state"])

    @property
    def due_on(self) -> date:
        """Return the last day to answer."""
        day: date = self.invitation["due_on"]
        return day


def find_unit(work: UnitOfWork, *, region_id: int, slug: str) -> FormUnit:
    """Return a unit of the region; raise `Unknown` for another."""
    row = work.find(_UNIT, {"region": region_id, "slug": slug})
    if row is None:
        raise Unknown("unit", slug, work.values(_UNIT_SLUGS, {"region": region_id}))
    return FormUnit(row["id"], row["slug"], row["name"])


def find_section(
    work: UnitOfWork,
    unit: FormUnit,
    *,
    region_id: int,
    slug: str,
    person_id: int,
    profile: Profile,
    today: date,
    version: str | None = None,
) -> FormSection | None:
    """Return what a unit is asked in one introduction, or None where it is asked nothing.

    Asked about several versions it answers the one that has waited longest, else looks at the newest; `version`
    names another.
    """
    head = load_head(work, region_id=region_id, slug=slug)
    keys = {"case": head.introduction_id, "unit": unit.unit_id}
    versions = versions_of(work, head.pathway_id)
    invitation = _invited(oldest_first(work.rows(_INVITED, keys)), versions, version)
    if invitation is None:
        return None
    shown, carried = int(invitation["version_id"]), invitation["carried_from"]
    steps = list_steps(work, profile, *{shown, carried or shown})
    roster = roster_of(work, introduction_id=head.introduction_id, region_id=region_id, today=today)
    stem = f"gap:{head.introduction_id}:{shown}:{unit.unit_id}"
    keys_of_drafts = [f"{stem}:{number}" for number in range(1, len(steps[shown]) + 1)]
    drafts = _drafts(work, person_id, [stem, *keys_of_drafts])
    name = name_of(versions, shown)
    assert name is not None
    return FormSection(
        head=head,
        version=name,
        invitation=invitation,
        is_open=takes_answers(head.place, shown, analysed=head.own["analysed_version_id"], versions=versions),
        owns=unit.unit_id in roster.units_of(person_id),
        steps=_steps(
            steps[shown],
            steps[carried] if carried else (),
            work.rows(_ANSWERS, keys),
            drafts,
            load_names(work, region_id=region_id).names,
            shown=shown,
            carried=carried,
            stem=stem,
        ),
        header_key=stem,
        header=drafts.get(stem),
    )


def _invited(rows: list[Row], versions: Versions, label: str | None) -> Row | None:
    if label is not None:
        version_id = label_known(versions, label)
        rows = [row for row in rows if row["version_id"] == version_id]
    waiting = [row for row in rows if row["state"] == InvitationState.WAITING]
    return next(iter(waiting or rows[-1:]), None)


def _drafts(work: UnitOfWork, person_id: int, keys: Sequence[str]) -> dict[str, KeptDraft]:
    rows = work.rows(_DRAFTS, {"person": person_id, "keys": list(keys)})
    return {row["key"]: KeptDraft(row["typed"], row["kept_at"]) for row in rows}


def _steps(
    own: Sequence[TitledStep],
    former: Sequence[TitledStep],
    answers: Sequence[Row],
    drafts: Mapping[str, KeptDraft],
    people: Mapping[int, str],
    *,
    shown: int,
    carried: int | None,
    stem: str,
) -> tuple[FormStep, ...]:
    changes = compare_steps(former, own) if former else ()
    renewed = must_be_seen(changes)
    before = {one.after.ref: one.before for one in changes if one.after and one.before}
    known = {(row["version_id"], row["step"]): row for row in answers}
    found = []
    for number, step in enumerate(own, start=1):
        answer, was = known.get((shown, step.ref)), before.get(step.ref)
        earlier = known.get((carried, was.ref)) if was and answer is None else None
        found.append(
            FormStep(
                number=number,
                step=step,
                key=f"{stem}:{number}",
                answer=answer,
                answered_by=people.get(answer["answered_by"]) if answer else None,
                earlier=earlier,
                earlier_title=was.title if was and earlier else None,
                must_be_seen=step.ref in renewed and answer is None,
                draft=drafts.get(f"{stem}:{number}"),
            )
        )
    return tuple(found)
