"""The review of one learning loop, prefilled: what happened since last time, what was foretold, seen and written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pathways.measurement.hints import Hint
from pathways.models.introduction import Appointment
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan import Activity, ActivityGap, ActivityState
from pathways.models.review import NoteKind, Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote
from pathways.models.task import Task
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Head, Material
from pathways.queries.people import People, load_people, load_units
from pathways.queries.plan import load_material
from pathways.queries.review_resets import Reset, list_resets
from pathways.queries.review_waits import Wait, longest_waits
from pathways.services.review.evidence import data_until, hints_for, linked, list_checks
from pathways.services.review.field import Paper, load_paper
from pathways.services.review.record import Lack, Record, list_lacks
from pathways.services.review.series import Sees, Series, judge_all, sees_all
from pathways.services.review.under_test import begun_on, predictions_for, under_test
from pathways.storage.unit_of_work import Row, UnitOfWork

KINDS = (
    *(Activity, ActivityGap, LearningLoop, Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote),
    *(Indicator, IndicatorValue, IndicatorPhase, Task, Appointment),
)
TEAM = (
    *(Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE, Role.LAG_MEMBER, Role.COORDINATOR, Role.HEAD, Role.ANALYST),
    Role.UNIT_REPRESENTATIVE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """An activity; `before` is what the last review that looked at it decided."""

    ref: str
    title: str
    row: Row
    responsible: str | None
    before: Row | None

    @property
    def state(self) -> str:
        """Return where it stands."""
        return str(self.row["state"])


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderTest:
    """An activity that the review is about, with what was foretold, what the curves show and what is suggested."""

    line: ActivityLine
    prediction: Row | None
    predicted_by: str | None
    series: tuple[Series, ...]
    hints: tuple[Hint, ...]
    signed: Row | None
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something added after the sign-off."""

    body: str | None
    kind: str
    written_on: date
    by: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """The people and units of the region, and those of them around the introduction, by short name."""

    people: People
    units: Mapping[int, str]
    team: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the planned work is done: stopped activities count for neither."""

    done: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """All of one loop's review. `loop` is None where the loop has not opened yet: then only predictions are there."""

    head: Head
    number: int
    loop: Row | None
    begun_on: date | None
    due_by: date | None
    record: Record
    paper: Paper
    lacks: tuple[Lack, ...]
    lines: tuple[ActivityLine, ...]
    under_test: tuple[UnderTest, ...]
    series: tuple[Series, ...]
    stored: tuple[Row, ...]
    resets: tuple[Reset, ...]
    indicators: Mapping[str, Row]
    gaps: Mapping[str, tuple[str, ...]]
    waits: tuple[Wait, ...]
    last_review: Row | None
    last_answers: tuple[Note, ...]
    signed: Row | None
    signed_by: str | None
    notes: tuple[Note, ...]
    checks: Mapping[str, bool | None]
    people: Mapping[str, str]
    unit_names: Mapping[int, str]
    is_locked: bool
    upcoming: int

    @property
    def is_open(self) -> bool:
        """Say whether the review can be written in now."""
        is_open = self.loop is not None and self.loop["state"] == LoopState.OPEN
        return is_open and self.head.place == "reviewing"

    @property
    def share(self) -> Share:
        """Return how much of the planned work is done."""
        standing = [line for line in self.lines if line.state != ActivityState.STOPPED]
        return Share(sum(line.state == ActivityState.DONE for line in standing), len(standing))

    @property
    def data_until(self) -> date | None:
        """Return the first day of the newest period with a value."""
        return data_until(self.series)

    @property
    def to_adjust(self) -> list[UnderTest]:
        """Return the activities whose signed decision changes the plan."""
        return [one for one in self.under_test if one.signed and one.signed["decision"] in {"adjust", "stop"}]


def review_page(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    number: int | None,
    profile: Profile,
    today: date,
    now: datetime,
    as_of: datetime | None = None,
    sees: Sees = sees_all,
) -> ReviewPage:
    """Return the review of loop `number`, of the open or next one where none is named; an earlier day has no paper.

    Raise `Unknown` for another region's introduction. A number that no loop has gives a page without a loop.
    """
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    head = material.head
    people = load_people(work, region_id=region_id, today=today)
    around = Around(people, load_units(work, region_id=region_id), _team(people, material))
    loops = material.of(LearningLoop)
    asked = number if number is not None else next_number(loops)
    paper = Paper({})
    if as_of is None:
        paper = load_paper(work, introduction_id=head.introduction_id, region_id=region_id, loop=asked)
    return _build(material, around, paper, number=asked, profile=profile, today=today, until=as_of or now, sees=sees)


def next_number(loops: list[Row]) -> int:
    """Return the loop that is open, else the one that comes next."""
    opened = (loop["number"] for loop in loops if loop["state"] == LoopState.OPEN)
    return int(next(opened, 1 + max((loop["number"] for loop in loops), default=0)))


def _build(
    material: Material,
    around: Around,
    paper: Paper,
    *,
    number: int,
    profile: Profile,
    today: date,
    until: datetime,
    sees: Sees,
) -> ReviewPage:
    head, loops = material.head, material.of(LearningLoop)
    loop = next((one for one in loops if one["number"] == number), None)
    begun = begun_on(loops, number, head.own["anchor_on"])
    signed = next((row for row in material.of(Review) if row["loop"] == number), None)
    kinds = (Indicator, IndicatorValue, IndicatorPhase)
    series = judge_all(*(material.of(kind) for kind in kinds), today=today, sees=sees)
    record = _record(material, paper, series, number=number, today=today, is_signed=signed is not None)
    reviewed = _reviewed(material, number)
    lines = _lines(material, around, reviewed)
    stored = tuple(row for row in material.of(ReviewIndicator) if row["loop"] == number)
    last_review = max((row for row in material.of(Review) if row["loop"] < number), key=_loop_of, default=None)
    return ReviewPage(
        head=head,
        number=number,
        loop=loop,
        begun_on=begun,
        due_by=_due_by(loop, profile),
        record=record,
        paper=paper,
        lacks=list_lacks(record) if signed is None else (),
        lines=lines,
        under_test=_under_test(material, lines, around, record=record, series=series, number=number),
        series=series,
        stored=stored,
        resets=_resets(material, around, stored, signed),
        indicators=_by_ref(material),
        gaps=_gaps(material),
        waits=longest_waits(material.of(Task), since=begun, until=until, zone=profile.region.zone),
        last_review=last_review,
        last_answers=_notes(material, around, last_review["loop"], answers=True) if last_review else (),
        signed=signed,
        signed_by=around.people.name(signed["signed_by"]) if signed else None,
        notes=_notes(material, around, number),
        checks=signed["checks"] if signed else list_checks(record, reviewed, series),
        people=around.team,
        unit_names=around.units,
        is_locked=loop is not None or _has_come(material, begun),
        upcoming=next_number(loops),
    )


def _by_ref(material: Material) -> Mapping[str, Row]:
    return {row["ref"]: row for row in material.of(Indicator)}


def _resets(material: Material, around: Around, stored: tuple[Row, ...], signed: Row | None) -> tuple[Reset, ...]:
    return list_resets(
        stored,
        material.of(IndicatorPhase),
        signed,
        indicators=_by_ref(material),
        units=around.units,
        name_of=around.people.name,
    )


def _record(
    material: Material,
    paper: Paper,
    series: tuple[Series, ...],
    *,
    number: int,
    today: date,
    is_signed: bool,
) -> Record:
    """Return the record; once it is signed it is about the activities that were signed, whatever became of them."""
    foretold = predictions_for(material.of(Prediction), material.of(LearningLoop), number)
    tested = under_test(material.of(Activity), foretold, _reviewed(material, number))
    if is_signed:
        refs = {row["activity_ref"] for row in material.of(ReviewActivity) if row["loop"] == number}
        tested = [row for row in material.of(Activity) if row["ref"] in refs]
    about = [one.about for one in series]
    return Record(texts=paper.texts, activities=tested, foretold=foretold, series=about, today=today)


def _reviewed(material: Material, number: int) -> list[Row]:
    return [row for row in material.of(ReviewActivity) if row["loop"] < number]


def _lines(material: Material, around: Around, reviewed: list[Row]) -> tuple[ActivityLine, ...]:
    before = {row["activity_ref"]: row for row in sorted(reviewed, key=_loop_of)}
    return tuple(
        ActivityLine(
            ref=row["ref"],
            title=str(row["title"] or ""),
            row=row,
            responsible=around.people.name(row["responsible_id"]),
            before=before.get(row["ref"]),
        )
        for row in material.of(Activity)
    )


def _under_test(
    material: Material,
    lines: tuple[ActivityLine, ...],
    around: Around,
    *,
    record: Record,
    series: tuple[Series, ...],
    number: int,
) -> tuple[UnderTest, ...]:
    by_ref = {line.ref: line for line in lines}
    parts = {row["activity_ref"]: row for row in material.of(ReviewActivity) if row["loop"] == number}
    found = []
    for row in record.activities:
        prediction, signed = record.foretold.get(row["ref"]), parts.get(row["ref"])
        found.append(
            UnderTest(
                line=by_ref[row["ref"]],
                prediction=prediction,
                predicted_by=around.people.name(prediction["written_by"]) if prediction else None,
                series=tuple(linked(row, prediction, series)),
                hints=tuple(Hint(hint) for hint in signed["hints"]) if signed else hints_for(record, row, series),
                signed=signed,
                owner=around.people.name(signed["owner_id"]) if signed else None,
            )
        )
    return tuple(found)


def _notes(material: Material, around: Around, number: int, *, answers: bool = False) -> tuple[Note, ...]:
    rows = (row for row in material.of(ReviewNote) if row["loop"] == number)
    return tuple(
        Note(
            body=row["body"],
            kind=str(row["kind"]),
            written_on=row["written_on"],
            by=around.people.name(row["written_by"]),
        )
        for row in rows
        if not answers or row["kind"] == NoteKind.ANSWER
    )


def _team(people: People, material: Material) -> Mapping[str, str]:
    """Return who may be given something to do: those around the introduction, by short name."""
    slugs = {person_id: slug for slug, person_id in people.ids.items()}
    found = people.roster(material.of(Appointment)).holders(*TEAM)
    return {slugs[person]: people.names[person] for person in found if person in slugs}


def _due_by(loop: Row | None, profile: Profile) -> date | None:
    return profile.workdays.add(loop["opened_on"], profile.loops.hold_within_workdays) if loop else None


def _has_come(material: Material, begun: date | None) -> bool:
    return begun is not None and any(row["period"] >= begun for row in material.of(IndicatorValue))


def _gaps(material: Material) -> Mapping[str, tuple[str, ...]]:
    """Return the answers whose gaps each activity closes."""
    found: dict[str, tuple[str, ...]] = {}
    for link in material.of(ActivityGap):
        found[link["activity_ref"]] = (*found.get(link["activity_ref"], ()), link["answer_ref"])
    return found


def _loop_of(row: Row) -> int:
    return int(row["loop"])
