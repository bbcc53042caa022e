"""Saves one answer on a review's working paper, so that several people can write at once.

Every answer has a version. Whoever saves names the version that they saw: an answer that somebody else saved meanwhile
stands, and both are handed back. Nothing of it is in the log before the review is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.errors import InvalidOrder, NotAllowed, Problem, Refused
from pathways.models.introduction import Introduction
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.organisation import Person
from pathways.models.review import HAND_LENGTH, ReviewField
from pathways.services.policy import VIEWS, may_act
from pathways.services.review.questions import checked, find_asked
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

WRITES = "write_review"

_introduction, _loop, _field, _person = (table_of(row) for row in (Introduction, LearningLoop, ReviewField, Person))
_OPEN = (
    select(_introduction.c.id)
    .join(_loop, _loop.c.introduction_id == _introduction.c.id)
    .where(
        _introduction.c.id == bindparam("case"),
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.place == "reviewing",
        _loop.c.number == bindparam("loop"),
        _loop.c.state == LoopState.OPEN,
        _loop.c.voided_by.is_(None),
    )
    .with_for_update(read=True, of=_introduction)
)
"""On PostgreSQL a sign-off waits for those who are saving, and they for it; they do not wait for each other."""
_PAPER = (
    select(
        _field.c.key,
        _field.c.text,
        _field.c.version,
        _field.c.hand,
        _field.c.written_at,
        _field.c.written_by,
        _person.c.name,
    )
    .join(_person, _person.c.id == _field.c.written_by)
    .where(
        _field.c.introduction_id == bindparam("case"),
        _field.c.region_id == bindparam("region"),
        _field.c.loop == bindparam("loop"),
    )
)
_ONE = _PAPER.where(_field.c.key == bindparam("answer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, on which working paper, and with which hand: the open page that it comes from, empty for none."""

    person_id: int
    region_id: int
    introduction_id: int
    loop: int
    hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it stands: version 0 where nobody has written it."""

    key: str
    text: str = ""
    version: int = 0
    by: str = ""
    by_id: int | None = None
    at: datetime | None = None
    hand: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer stands as written."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else saved meanwhile: `mine` was not saved, `theirs` stands."""

    mine: str
    theirs: Answer


@dataclass(frozen=True, slots=True)
class Paper:
    """All answers of one working paper by key."""

    answers: Mapping[str, Answer]

    @property
    def seen(self) -> int:
        """Return a number that grows with every save: whoever names it has seen all up to it."""
        return sum(answer.version for answer in self.answers.values())

    @property
    def texts(self) -> dict[str, str]:
        """Return what is answered, empty answers left out."""
        return {key: answer.text for key, answer in self.answers.items() if answer.text}

    def get(self, key: str) -> Answer:
        """Return an answer, or the empty one."""
        return self.answers.get(key) or Answer(key=key)

    @property
    def newest(self) -> Answer | None:
        """Return the answer that was saved last."""
        return max(self.answers.values(), key=lambda one: (str(one.at), one.version), default=None)


def load_paper(work: UnitOfWork, *, introduction_id: int, region_id: int, loop: int) -> Paper:
    """Return the working paper of a loop."""
    rows = work.rows(_PAPER, {"case": introduction_id, "region": region_id, "loop": loop})
    return Paper({row["key"]: _answer(row) for row in rows})


def save_review_field(
    work: UnitOfWork, writer: Writer, key: str, text: str, *, seen: int, today: date
) -> Saved | Clash:
    """Save an answer where its version is still the one that was seen; hand both back where it is not.

    Refused where the review is not open, for a person without a part in it, and for an answer that cannot be.
    """
    asked = find_asked(key)
    if asked is None:
        raise InvalidOrder(WRITES, [Problem(key[:60], "order.unknown_field", {"given": "", "expected": ""})])
    answer = checked(key, asked.question, text)
    _permit(work, writer, today)
    where = {"case": writer.introduction_id, "region": writer.region_id, "loop": writer.loop}
    if work.find(_OPEN, where) is None:
        raise Refused("error.review_closed", number=writer.loop)
    stands = _find(work, {**where, "answer": key})
    if stands.text == answer:
        return Saved(stands)
    is_own = bool(writer.hand) and stands.hand == writer.hand[:HAND_LENGTH]
    if stands.version != seen and not is_own:
        return Clash(answer, stands)
    is_written = _write(work, writer, stands, answer)
    now = _find(work, {**where, "answer": key})
    return Saved(now) if is_written else Clash(answer, now)


def _write(work: UnitOfWork, writer: Writer, stands: Answer, text: str) -> bool:
    """Write over the version that was read and only over that one; say whether nobody else was first.

    Two who write the first version collide on the key: the caller tries again and finds the other's.
    """
    key = {"introduction_id": writer.introduction_id, "loop": writer.loop, "key": stands.key}
    values = {
        "text": text,
        "version": stands.version + 1,
        "hand": writer.hand[:HAND_LENGTH],
        "written_by": writer.person_id,
        "written_at": work.now,
    }
    if stands.version == 0:
        work.insert(ReviewField, [{**key, **values, "region_id": writer.region_id}])
        return True
    return work.update(ReviewField, {**key, "version": stands.version}, values) == 1


def _find(work: UnitOfWork, where: Mapping[str, object]) -> Answer:
    row = work.find(_ONE, where)
    return _answer(row) if row else Answer(key=str(where["answer"]))


def _answer(row: Row) -> Answer:
    return Answer(
        key=row["key"],
        text=row["text"],
        version=row["version"],
        by=row["name"],
        by_id=row["written_by"],
        at=row["written_at"],
        hand=row["hand"],
    )


def _permit(work: UnitOfWork, writer: Writer, today: date) -> None:
    roster = roster_of(work, introduction_id=writer.introduction_id, region_id=writer.region_id, today=today)
    if not may_act(WRITES, roster.roles_of(writer.person_id)):
        raise NotAllowed(WRITES, (str(role) for role in VIEWS[WRITES]))
