"""An introduction opened for change: collects the row changes of one command and records them as one event.

Rows are written at once, inside the caller's transaction, so that the facts a guard looks at include what the command
itself brings. If a guard then refuses, the transaction is left without commit and nothing has happened.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import bindparam, select

from notifications.message import Message
from pathways.errors import ClockWentBack, IntroductionChanged
from pathways.models.base import CaseRow
from pathways.models.introduction import OWN_COLUMNS, Appointment, Event, Introduction, LogText
from pathways.models.loop import LearningLoop
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Receipt
from pathways.services.open_tasks import open_tasks_of
from pathways.services.roster import Roster, roster_of
from pathways.storage.fold import OWN, Change
from pathways.storage.log import GENESIS, event_hash, plain, text_digest
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Snapshot, phase_of, place_of, standing_of
from states.step import Step

T = TypeVar("T")
CLOCK_TOLERANCE = timedelta(seconds=5)
_OPEN = "open"

_loop = table_of(LearningLoop)
_LOOPS = Prepared(
    select(_loop)
    .where(_loop.c.introduction_id == bindparam("case"), _loop.c.voided_by.is_(None))
    .order_by(_loop.c.number)
)


def snapshot_of(row: Row) -> Snapshot:
    """Return the position that a row of `introduction` or `event` holds."""
    return Snapshot.from_json({name: row[name] for name in ("chart", "configuration", "history")})


def states_held(snapshot: Snapshot) -> list[str]:
    """Return the states that hold, and after them those that rest during a pause."""
    return [*snapshot.configuration, *(state for states in snapshot.history.values() for state in states)]


class Salter(Protocol):
    """Gives the salt under which a text is digested: random in production, repeatable in simulation."""

    def __call__(self) -> bytes:
        """Return 16 bytes."""
        ...


class Case:
    """One introduction in one transaction. Use cases change it; `record` closes it with an event."""

    def __init__(self, work: UnitOfWork, row: Row, profile: Profile, ask: Ask, salter: Salter) -> None:
        self.work = work
        self.profile = profile
        self.ask = ask
        self.row = row
        self.actor_id: int | None = None
        self.on_behalf_id: int | None = None
        self.id = int(row["id"])
        self.slug = str(row["slug"])
        self.pathway = str(row["pathway_name"])
        self.region_id = int(row["region_id"])
        self.pathway_id = int(row["pathway_id"])
        self.seq = int(row["version"]) + 1
        self.before = snapshot_of(row)
        self.snapshot = self.before
        self.steps: list[Step] = []
        self.undone: frozenset[int] = frozenset()
        self.messages: list[Message] = []
        self.own: dict[str, object] = {name: row[name] for name in OWN_COLUMNS}
        self._changes: list[Change] = []
        self._own_new: dict[str, object] = {}
        self._texts: list[dict[str, object]] = []
        self._read: dict[type[CaseRow], dict[Hashable, Any]] = {}  # Any: what each reading gave
        self._made = 0
        self._salter = salter
        self._refuse_a_wrong_clock()

    @property
    def is_new(self) -> bool:
        """Say whether the introduction begins with this event."""
        return self.seq == 1

    @property
    def moved(self) -> bool:
        """Say whether the position is another than the one it was opened at."""
        return self.is_new or self.snapshot != self.before

    @property
    def touched(self) -> frozenset[str]:
        """Return the tables in which the command wrote rows, `introduction` for its own columns."""
        return frozenset(change.table for change in self._changes)

    @property
    def now(self) -> datetime:
        """Return the instant the command is carried out at: never before the newest event."""
        newest: datetime = self.row["last_event_at"]
        return max(self.work.now, newest)

    @property
    def today(self) -> date:
        """Return the date of that instant on the region's own calendar."""
        return local_date(self.now, self.profile.region.zone)

    @property
    def roster(self) -> Roster:
        """Return the people around the introduction today, appointments of this very command included."""
        return self.recall(
            Appointment,
            "roster",
            lambda: roster_of(self.work, introduction_id=self.id, region_id=self.region_id, today=self.today),
        )

    @property
    def open_tasks(self) -> list[Row]:
        """Return the open tasks, those of this very command included."""
        return self.recall(Task, _OPEN, lambda: open_tasks_of(self.work, self.id))

    def keep_open_tasks(self, tasks: list[Row]) -> None:
        """Take the open tasks from whoever has just read them along with something else."""
        self._read.setdefault(Task, {})[_OPEN] = tasks

    @property
    def loops(self) -> list[Row]:
        """Return the learning loops by number, those of this very command included, void ones left out."""
        return self.recall(LearningLoop, "loops", lambda: self.work.rows(_LOOPS, {"case": self.id}))

    def recall(self, kind: type[CaseRow], key: Hashable, read: Callable[[], T]) -> T:
        """Return what `read` gives, or gave before under this key if the command has written no such rows since."""
        known = self._read.setdefault(kind, {})
        if key not in known:
            known[key] = read()
        found: T = known[key]
        return found

    def insert(self, row: type[CaseRow], **values: object) -> str:
        """Write a new row and return its ref."""
        return self.insert_many(row, [values])[0]

    def insert_many(self, row: type[CaseRow], many: Sequence[Mapping[str, object]]) -> list[str]:
        """Write new rows of one table in one statement and return their refs in order."""
        refs = [self._next_ref() for _ in many]
        key = {"introduction_id": self.id, "made_in": self.seq}
        if "region_id" in row.model_fields:
            key["region_id"] = self.region_id
        self.work.insert(row, [{**key, "ref": ref, **values} for ref, values in zip(refs, many, strict=True)])
        for ref, values in zip(refs, many, strict=True):
            self._note(row, ref, values, made=True)
        return refs

    def update(self, row: type[CaseRow], ref: str, **values: object) -> None:
        """Change columns of one of the introduction's rows."""
        self.work.update(row, {"introduction_id": self.id, "ref": ref}, values)
        self._note(row, ref, values, made=False)

    def update_many(self, row: type[CaseRow], refs: Sequence[str], **values: object) -> None:
        """Give the same columns of several rows the same values, in one statement."""
        if len(refs) == 1:
            self.update(row, refs[0], **values)
        elif refs:
            self.work.update(row, {"introduction_id": self.id, "ref": tuple(refs)}, values)
            for ref in refs:
                self._note(row, ref, values, made=False)

    def set(self, **values: object) -> None:
        """Change the introduction's own columns; they are written with its new position, by `record`."""
        unknown = set(values) - OWN_COLUMNS
        assert not unknown, unknown
        self.own.update(values)
        self._own_new.update(values)
        self._changes.append(Change(OWN, "", made=False, values={k: plain(v) for k, v in values.items()}))

    def move(self, step: Step) -> None:
        """Take over the position after `step`."""
        self.snapshot = step.after
        self.steps.append(step)

    def put_back(self, snapshot: Snapshot, *, undone: frozenset[int] = frozenset()) -> None:
        """Take over a position as it stands: an earlier one, with the events now undone, or one in another chart."""
        self.snapshot = snapshot
        self.undone = undone

    def entered(self) -> list[str]:
        """Return the states that hold or rest now and were entered afresh.

        Those that a pause put to rest, or a return restored, are not among them.
        """
        held = states_held(self.snapshot)
        if self.is_new:
            return held
        if not self.steps:
            before = states_held(self.before)
            return [state for state in held if state not in before]
        entered = {state for step in self.steps for state in step.entered}
        return [state for state in held if state in entered]

    def tell(self, message: Message) -> None:
        """Let `message` leave with this event."""
        self.messages.append(message)

    def message_key(self, *parts: object) -> str:
        """Return a dedup key that belongs to this event."""
        return ":".join(str(part) for part in (self.id, self.seq, *parts))

    def record(self, command: str, given: Mapping[str, object]) -> Receipt:
        """Write the event and the introduction's new state, where its version is still the one that was read."""
        event = self._event(command, given)
        position = {name: event[name] for name in ("chart", "configuration", "history", "phase", "place", "standing")}
        moved = event["phase"] != self.row["phase"] or event["standing"] != self.row["standing"]
        changed = self.work.update(
            Introduction,
            {"id": self.id, "version": self.row["version"]},
            {
                **self._own_new,
                **position,
                "version": self.seq,
                "head_hash": event["hash"],
                "last_event_at": event["at"],
                "phase_since_at": event["at"] if moved else self.row["phase_since_at"],
            },
        )
        if changed != 1:
            raise IntroductionChanged(slug=self.slug, version=self.seq - 1)
        self.work.insert(LogText, self._texts)
        self.work.insert(Event, [event])
        made = tuple((change.table, change.ref) for change in self._changes if change.made)
        return Receipt(
            introduction_id=self.id,
            slug=self.slug,
            command=command,
            seq=self.seq,
            place=str(event["place"]),
            made=made,
        )

    def keep_text(self, body: str) -> str:
        """Keep a free text beside the log and return the digest that stands for it in the log."""
        salt = self._salter()
        digest = text_digest(salt, body)
        self._texts.append({"introduction_id": self.id, "digest": digest, "salt": salt, "body": body})
        return digest

    def _event(self, command: str, given: Mapping[str, object]) -> dict[str, object]:
        reason = self.keep_text(self.ask.reason) if self.ask.reason else None
        event: dict[str, object] = {
            "introduction_id": self.id,
            "seq": self.seq,
            "region_id": self.region_id,
            "command": command,
            "command_id": self.ask.command_id,
            "actor_id": self.actor_id,
            "on_behalf_id": self.on_behalf_id,
            "at": self.now,
            "reason": reason,
            "payload": {"given": plain(given), "changes": [change.to_json() for change in self._changes]},
            "chart": self.snapshot.chart,
            "configuration": list(self.snapshot.configuration),
            "history": {name: list(values) for name, values in self.snapshot.history.items()},
            "phase": str(phase_of(self.snapshot) or self.row["phase"]),
            "place": place_of(self.snapshot),
            "standing": str(standing_of(self.snapshot)),
            "profile_version": self.profile.version,
            "prev_hash": self.row["head_hash"],
        }
        return {**event, "hash": event_hash(str(self.row["head_hash"] or GENESIS), event)}

    def _note(self, row: type[CaseRow], ref: str, values: Mapping[str, object], *, made: bool) -> None:
        self._read.pop(row, None)
        kept = {name: value for name, value in values.items() if name not in row.CLOCKWORK}
        logged = {name: self._logged(row, name, value) for name, value in kept.items()}
        if logged:
            self._changes.append(Change(str(row.__tablename__), ref, made, logged))

    def _logged(self, row: type[CaseRow], name: str, value: object) -> object:
        if name in row.TEXTS and isinstance(value, str):
            return {"text": self.keep_text(value)}
        return plain(value)

    def _next_ref(self) -> str:
        self._made += 1
        return f"{self.seq}.{self._made}"

    def _refuse_a_wrong_clock(self) -> None:
        newest = self.row["last_event_at"]
        if self.work.now < newest - CLOCK_TOLERANCE:
            raise ClockWentBack(now=self.work.now.isoformat(), newest=newest.isoformat())
