"""What the model tries each command with: names of rows that are there, mostly, and days around the present one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from sqlalchemy import func, select

from pathways.bootstrap import App
from pathways.models.attachment import Attachment
from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway, PathwayVersion, VersionKind
from pathways.models.decision import Decision
from pathways.models.gap import GapAnswer
from pathways.models.holding import Lesson
from pathways.models.introduction import Introduction
from pathways.models.loop import LearningLoop
from pathways.models.measure import Indicator
from pathways.models.organisation import Body, Meeting
from pathways.models.plan import Activity
from pathways.models.plan_comment import PlanComment
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.services.hold.lines import LINES
from pathways.services.measure.reset_phase import QUESTIONS
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.furnished import CAST, UNITS

_introduction, _version, _pathway = table_of(Introduction), table_of(PathwayVersion), table_of(Pathway)
_meeting, _body = table_of(Meeting), table_of(Body)

Data = st.SearchStrategy[dict[str, object]]
SOMEBODY = st.sampled_from([person.slug for person in CAST])
UNIT = st.sampled_from([unit.slug for unit in UNITS])
WORDS = st.sampled_from(["Vi tar det i nästa grupp", "Räksmörgås – å, ä, ö", "x" * 300])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the newest introduction of a pathway just now."""

    app: App
    slug: str

    @property
    def today(self) -> date:
        """The region's date."""
        return local_date(self.app.clock.now(), self.app.profile.region.zone)

    def days(self, before: int = 60, after: int = 400) -> st.SearchStrategy[str]:
        """Days around today, as an order has them."""
        return st.integers(-before, after).map(lambda n: (self.today + timedelta(days=n)).isoformat())

    def refs(self, kind: type[CaseRow]) -> st.SearchStrategy[str]:
        """Refs of the introduction's rows, and one that nothing has."""
        return st.sampled_from([*(row["ref"] for row in self._rows(kind)), "0.0"])

    def tasks(self) -> list[Row]:
        """The introduction's tasks."""
        return self._rows(Task)

    def loop_numbers(self) -> list[int]:
        """The numbers of the loops that stand."""
        return sorted(row["number"] for row in self._rows(LearningLoop))

    def steps(self) -> list[str]:
        """The steps that are asked about."""
        return [step.ref for step in self.app.profile.default_steps]

    def meetings(self) -> st.SearchStrategy[str]:
        """Coming days on which the board meets, and some other day."""
        query = (
            select(_meeting.c.held_on)
            .join(_body, _body.c.id == _meeting.c.body_id)
            .where(_body.c.slug == "hsn", _meeting.c.held_on >= self.today)
        )
        with self.app.read() as work:
            held = [day.isoformat() for day in work.values(query.order_by(_meeting.c.held_on).limit(4))]
        return st.sampled_from([*held, self.today.isoformat()])

    def version_labels(self) -> st.SearchStrategy[str | None]:
        """Labels of the national versions, or none given."""
        query = select(_version.c.label).join(_pathway, _pathway.c.id == _version.c.pathway_id)
        with self.app.read() as work:
            return st.sampled_from([None, *work.values(query.where(_pathway.c.slug == self.slug))])

    def events(self) -> st.SearchStrategy[int]:
        """Numbers of events, one too many among them."""
        return st.integers(1, max(1, self._introduction()["version"]))

    def _introduction(self) -> Row:
        query = select(_introduction).where(_introduction.c.slug == self.slug)
        with self.app.read() as work:
            found = work.find(query.order_by(_introduction.c.number.desc()))
        assert found is not None
        return found

    def _rows(self, kind: type[CaseRow]) -> list[Row]:
        table = table_of(kind)
        mine = table.c.introduction_id == self._introduction()["id"]
        with self.app.read() as work:
            return work.rows(select(table).where(mine, table.c.voided_by.is_(None)).order_by(table.c.made_in))


def add_version(app: App, slug: str, *, final: bool) -> None:
    """Writes one more national version into the catalogue."""
    with app.write() as work:
        pathway_id = work.value(select(_pathway.c.id).where(_pathway.c.slug == slug))
        number = 1 + work.value(select(func.count()).where(_version.c.pathway_id == pathway_id))
        kind = VersionKind.FINAL if final else VersionKind.CONSULTATION
        values = {"pathway_id": pathway_id, "number": number, "label": f"m{number}", "kind": kind}
        work.insert_one(PathwayVersion, values)
        work.commit()


def _fixed(**fields: st.SearchStrategy[object]) -> Callable[[Surroundings], Data]:
    return lambda _around: st.fixed_dictionaries(dict(fields))


def _answers(around: Surroundings) -> Data:
    level = st.sampled_from([0, 1, 2, 3, "not_applicable", "dont_know"])
    one = st.fixed_dictionaries({"step": st.sampled_from(around.steps()), "level": level, "measure": WORDS})
    some = st.lists(one, min_size=1, max_size=3, unique_by=lambda answer: str(answer["step"]))
    all_of_them = st.just([{"step": step, "level": 2, "measure": "Utbilda"} for step in around.steps()])
    return st.fixed_dictionaries({"unit": UNIT, "answers": some | all_of_them})


def _activity(around: Surroundings) -> Data:
    required = {"title": WORDS, "kind": st.sampled_from(["training", "routine"])}
    gaps = st.lists(around.refs(GapAnswer), max_size=2)
    return st.fixed_dictionaries(
        required,
        optional={"responsible": SOMEBODY, "due_on": around.days(), "cost_once": st.integers(0, 10**9), "gaps": gaps},
    )


def _changed_activity(around: Surroundings) -> Data:
    state = st.sampled_from(["planned", "under_way", "done", "stopped"])
    gaps = st.lists(around.refs(GapAnswer), max_size=2)
    changes = {"state": state, "responsible": SOMEBODY, "due_on": around.days(), "report": WORDS, "drop_gaps": gaps}
    cleared = st.sampled_from([["due_on"], ["responsible", "cost_once"]])
    return st.fixed_dictionaries({"activity": around.refs(Activity)}, optional={**changes, "clear": cleared})


def _rank(around: Surroundings) -> Data:
    refs = st.lists(around.refs(Activity), min_size=1, max_size=3, unique=True)
    moved = [{"activity": ref, "motive": "Patienterna bad om det"} for ref in _activity_refs(around)]

    def argued(order: list[str]) -> Data:
        moves: st.SearchStrategy[object] = st.just([move for move in moved if move["activity"] in order])
        return st.fixed_dictionaries({"order": st.just(order), "motive": WORDS}, optional={"moves": moves})

    return refs.flatmap(argued)


def _activity_refs(around: Surroundings) -> list[str]:
    return [str(row["ref"]) for row in around._rows(Activity)]


def _scores(around: Surroundings) -> Data:
    levels = {name: st.integers(1, 4) for name in ("gap", "affected", "severity", "feasibility")}
    one = st.fixed_dictionaries({"activity": around.refs(Activity)}, optional={**levels, "note": WORDS})
    some = st.lists(one, min_size=1, max_size=3, unique_by=lambda score: str(score["activity"]))
    return st.fixed_dictionaries({"scores": some})


def _views(around: Surroundings) -> Data:
    view = st.fixed_dictionaries({"activity": around.refs(Activity), "text": WORDS})
    some: st.SearchStrategy[object] = st.lists(view, max_size=2, unique_by=lambda one: str(one["activity"]))
    return st.fixed_dictionaries({"unit": UNIT}, optional={"views": some, "overall": WORDS})


def _basis(around: Surroundings) -> Data:
    body = st.sampled_from(["hsn", "hsn", "rs", "ksg"])
    return st.fixed_dictionaries({"body": body, "meeting_on": around.meetings(), "basis": WORDS})


def _minutes(around: Surroundings) -> dict[str, st.SearchStrategy[object]]:
    return {"meeting_on": around.days(30, 1), "paragraph_no": st.just("§ 9"), "register_no": st.just("HSN 2021/9")}


def _decision(around: Surroundings) -> Data:
    outcome = st.sampled_from(["adopt", "adopt", "return", "decline"])
    return st.fixed_dictionaries({"outcome": outcome, "body": st.just("hsn"), **_minutes(around)})


def _statement(around: Surroundings) -> Data:
    outcome, matter = st.sampled_from(["adopt", "adopt", "return", "decline"]), st.sampled_from(["plan", "response"])
    bodies = st.sampled_from(["ksg", "lg_hs", "hsn"])
    return st.fixed_dictionaries({"outcome": outcome, "body": bodies, "matter": matter, **_minutes(around)})


def _response(around: Surroundings) -> Data:
    return st.fixed_dictionaries({"body": st.sampled_from(["rs", "hsn"]), **_minutes(around)})


def _indicator(around: Surroundings) -> dict[str, st.SearchStrategy[object]]:
    slugs = [row["slug"] for row in around._rows(Indicator)]
    return {"indicator": st.sampled_from([*slugs, "inget"])}


def _defined(_around: Surroundings) -> Data:
    required = {
        "name": st.sampled_from(["Dagar till besök", "Andel med plan", "Räksmörgås"]),
        "kind": st.sampled_from(["process", "outcome"]),
        "direction": st.sampled_from(["higher", "lower", "neither"]),
        "every": st.sampled_from(["week", "month"]),
        "share": st.booleans(),
        "unit": st.just("dagar"),
    }
    availability = st.sampled_from(["available", "cannot_yet"])
    more = {"target": st.floats(0, 100), "owner": SOMEBODY, "availability": availability, "about": WORDS}
    return st.fixed_dictionaries(required, optional=more)


def _changed_indicator(around: Surroundings) -> Data:
    availability = st.sampled_from(["available", "cannot_yet"])
    changes = {"target": st.floats(0, 100), "availability": availability, "name": WORDS, "clear": st.just(["owner"])}
    return st.fixed_dictionaries(_indicator(around), optional=changes)


def _values(around: Surroundings) -> Data:
    figures = {"value": st.floats(0, 120), "unit": UNIT, "state": st.sampled_from(["preliminary", "final"])}
    counts = {"numerator": st.integers(0, 9), "denominator": st.integers(0, 9)}
    one = st.fixed_dictionaries({"period": around.days(400, 10)}, optional={**figures, **counts})
    months = [{"period": f"2020-{month:02}-01", "value": 10 + month % 3} for month in range(1, 13)]
    values: st.SearchStrategy[object] = st.lists(one, min_size=1, max_size=3) | st.just(months)
    return st.fixed_dictionaries({**_indicator(around), "values": values})


def _frozen(around: Surroundings) -> Data:
    through = st.sampled_from(["2020-12-01", "2020-06-01"])
    return st.fixed_dictionaries({**_indicator(around), "through": through})


def _reset(around: Surroundings) -> Data:
    answers = {name: st.sampled_from([True, True, False]) for name in QUESTIONS}
    starts = st.sampled_from(["2020-06-01", "2020-12-01"])
    cause = st.sampled_from(["reset", "definition"])
    return st.fixed_dictionaries({**_indicator(around), "starts": starts, "cause": cause, **answers})


def _review(around: Surroundings) -> Data:
    decisions = st.sampled_from(["continue", "adjust", "finish", "pause"])
    fields = {
        "held_on": around.days(10, 1),
        "attendees": st.just(["lag_chair"]),
        "summary": WORDS,
        "hold_check_done": st.booleans(),
        "indicators_secured": st.booleans(),
    }
    return decisions.flatmap(
        lambda decision: st.fixed_dictionaries(
            {**fields, "decision": st.just(decision), **({"until_on": around.days()} if decision == "pause" else {})}
        )
    )


def _asked(around: Surroundings) -> Data:
    people = st.just(["ordf", "res", "vcf"]) | st.lists(SOMEBODY, max_size=3)
    return st.fixed_dictionaries(
        {"people": people, "due_on": around.days(1)}, optional={"months": st.sampled_from([0, 0, 6])}
    )


def _hold_answers(_around: Surroundings) -> Data:
    level = st.sampled_from([0, 1, 2, 3, "dont_know"])
    return st.lists(level, min_size=len(LINES), max_size=len(LINES)).map(
        lambda levels: {"answers": [{"line": line, "level": one} for line, one in zip(LINES, levels, strict=True)]}
    )


def _readiness(around: Surroundings) -> Data:
    one = st.fixed_dictionaries(
        {"line": st.sampled_from(["baseline", "stop_rule"]), "answer": st.sampled_from(["yes", "no", "not_needed"])},
        optional={"owner": SOMEBODY, "due_on": around.days(), "note": WORDS},
    )
    return st.fixed_dictionaries({"lines": st.lists(one, min_size=1, max_size=2, unique_by=lambda line: line["line"])})


def _complexity(_around: Surroundings) -> Data:
    one = st.fixed_dictionaries(
        {"domain": st.sampled_from(["staff", "time"]), "level": st.sampled_from(["simple", "complex"])}
    )
    return st.fixed_dictionaries({"domains": st.lists(one, min_size=1, max_size=1)})


def _remarks(_around: Surroundings) -> Data:
    one = st.fixed_dictionaries({"line": st.sampled_from(["reach", "held"]), "text": WORDS | st.just("")})
    return st.fixed_dictionaries({"remarks": st.lists(one, min_size=1, max_size=1)})


def _appointment(_around: Surroundings) -> Data:
    team: Data = st.fixed_dictionaries(
        {"person": SOMEBODY, "role": st.sampled_from([Role.LAG_CHAIR, Role.LAG_MEMBER, Role.DEVELOPMENT_RESOURCE])}
    )
    unit: Data = st.fixed_dictionaries({"person": SOMEBODY, "role": st.just(Role.UNIT_REPRESENTATIVE), "unit": UNIT})
    return team | unit


def _for_task(**fields: Callable[[Surroundings], st.SearchStrategy[object]]) -> Callable[[Surroundings], Data]:
    return lambda around: st.fixed_dictionaries(
        {"task": around.refs(Task), **{name: make(around) for name, make in fields.items()}}
    )


_NOTHING = _fixed()

ORDERS: dict[str, Callable[[Surroundings], Data]] = {
    "appoint": _appointment,
    "dismiss": _fixed(person=SOMEBODY, role=st.sampled_from([Role.LAG_CHAIR, Role.LAG_MEMBER])),
    "arrange_patient_perspective": _fixed(how=st.sampled_from(["interviews", "survey", "seance"])),
    "inform": lambda around: st.fixed_dictionaries({"body": st.just("lg_hs"), "held_on": around.days(30, 1)}),
    "start_gap_analysis": _NOTHING,
    "invite_units": lambda around: st.fixed_dictionaries(
        {"units": st.lists(UNIT, min_size=1, max_size=2, unique=True), "due_on": around.days(1)},
        optional={"version": around.version_labels()},
    ),
    "excuse_unit": _fixed(unit=UNIT),
    "remind_unit": _fixed(unit=UNIT),
    "carry_over_answers": lambda around: st.fixed_dictionaries({"due_on": around.days(1)}),
    "answer_gap": _answers,
    "communicate_gap_analysis": _NOTHING,
    "reopen_gap_analysis": _NOTHING,
    "request_response": _NOTHING,
    "waive_response": _NOTHING,
    "record_response": _response,
    "submit_response": _NOTHING,
    "approve_nationally": _NOTHING,
    "revise_nationally": _NOTHING,
    "adopt_revision": _fixed(outcome=st.sampled_from(["revised", "no_local_effect"])),
    "withdraw_nationally": _NOTHING,
    "reinstate": _NOTHING,
    "plan_activity": _activity,
    "update_activity": _changed_activity,
    "open_comment_round": lambda around: st.fixed_dictionaries(
        {"closes_on": around.days(1)}, optional={"units": st.lists(UNIT, max_size=2)}
    ),
    "comment_plan": _views,
    "remind_plan_comment": _fixed(unit=UNIT),
    "answer_plan_comment": lambda around: st.fixed_dictionaries(
        {
            "comment": around.refs(PlanComment),
            "handling": st.sampled_from(["taken_in", "partly", "not_taken"]),
            "answer": WORDS,
        }
    ),
    "close_comment_round": _fixed(outcome=st.sampled_from(["held", "waived"])),
    "propose_plan": _NOTHING,
    "score_activities": _scores,
    "rank": _rank,
    "make_decision_basis": _basis,
    "submit_for_decision": _NOTHING,
    "endorse": _statement,
    "decide": _decision,
    "take_back_decision": lambda around: st.fixed_dictionaries({"decision": around.refs(Decision)}),
    "open_loop": _NOTHING,
    "hold_loop": _review,
    "predict": lambda around: st.fixed_dictionaries(
        {
            "number": st.integers(1, 3),
            "activity": around.refs(Activity),
            "theory": WORDS,
            "measure": st.just("Andel med plan"),
            "direction": st.sampled_from(["higher", "lower", "unchanged"]),
            "size": st.just("till 60 procent"),
        },
        optional={"by_on": around.days()},
    ),
    "sign_review": _fixed(number=st.integers(1, 3)),
    "add_review_note": _fixed(number=st.integers(1, 3), body=WORDS, kind=st.sampled_from(["note", "answer"])),
    "skip_loop": _fixed(number=st.integers(1, 3), how=st.sampled_from(["skip", "merge"])),
    "adopt_adjusted_plan": _NOTHING,
    "record_celebration": lambda around: st.fixed_dictionaries(
        {"evaluation": WORDS, "held_on": around.days(30, 1), "receiver": SOMEBODY}
    ),
    "finish": _NOTHING,
    "record_follow_up": _fixed(
        months=st.sampled_from([6, 12, 7]), outcome=st.sampled_from(["holds", "slipped"]), hold_check_done=st.booleans()
    ),
    "reopen": _NOTHING,
    "open_hold_check": _asked,
    "answer_hold_check": _hold_answers,
    "close_hold_check": lambda around: st.fixed_dictionaries(
        {}, optional={"owner": SOMEBODY, "due_on": around.days(1), "give_up": st.booleans()}
    ),
    "set_readiness": _readiness,
    "assess_complexity": _complexity,
    "write_evaluation": _remarks,
    "record_lesson": _fixed(text=WORDS, hinders=st.lists(st.sampled_from(["people", "unit"]), max_size=2)),
    "withdraw_lesson": lambda around: st.fixed_dictionaries({"lesson": around.refs(Lesson)}),
    "say_thanks": _fixed(words=WORDS),
    "define_indicator": _defined,
    "change_indicator": _changed_indicator,
    "retire_indicator": lambda around: st.fixed_dictionaries(_indicator(around)),
    "record_values": _values,
    "freeze_baseline": _frozen,
    "reset_phase": _reset,
    "take_back_phase": lambda around: st.fixed_dictionaries(_indicator(around)),
    "report": _NOTHING,
    "pause": lambda around: st.fixed_dictionaries({"until_on": around.days(1)}),
    "stop": _NOTHING,
    "correct": lambda around: st.fixed_dictionaries({"undo_to": around.events()}),
    "migrate": _NOTHING,
    "create_task": lambda around: st.fixed_dictionaries(
        {"title": WORDS, "due_on": around.days(1)}, optional={"person": SOMEBODY}
    ),
    "complete_task": _for_task(outcome=lambda _around: WORDS),
    "skip_task": _for_task(),
    "delegate_task": _for_task(to=lambda _around: SOMEBODY),
    "decline_task": _for_task(),
    "snooze_task": _for_task(due_on=lambda around: around.days()),
    "reopen_task": _for_task(),
    "comment_task": _for_task(text=lambda _around: WORDS),
    "attach_file": _for_task(
        name=lambda _around: st.sampled_from(["protokoll.pdf", "virus.exe"]),
        content=lambda _around: st.sampled_from([b"%PDF-1.7", b"MZ", b""]),
    ),
    "attach_link": _for_task(
        link=lambda _around: st.sampled_from(["https://region.example/a", "http://region.example"]),
        title=lambda _around: WORDS,
    ),
    "remove_attachment": lambda around: st.fixed_dictionaries({"attachment": around.refs(Attachment)}),
}
"""For each command, how its data are drawn. `start` and `resume` have rules of their own."""
