"""The timeline in words: what each bar and milestone is called, for the drawing's description and for its table."""

from dataclasses import dataclass
from datetime import date

from pathways.models.introduction import TimerKind
from pathways.queries.timeline import Bar, Lane, Mark
from pathways.web.visit import Visit
from states.snapshot import ENDED, Phase, Standing


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the table: what, from when to when (a milestone has one day), and whether it was or will be."""

    what: str
    from_on: date
    until_on: date | None
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LaneWords:
    """A lane in words: where it stands, and everything that its drawing shows."""

    state: str
    bars: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def description(self) -> str:
        """Return all of it as running text."""
        return " ".join(told.sentence for told in self.told)


def lane_words(visit: Visit, lane: Lane, today: date) -> LaneWords:
    """Return a lane in the reader's language, by day, as of a day."""
    told = [*(_bar(visit, bar, lane) for bar in lane.bars), *(_mark(visit, mark, today) for mark in lane.marks)]
    bars = tuple(_bar_word(visit, bar) for bar in lane.bars)
    return LaneWords(
        _state(visit, lane), bars, tuple(sorted(told, key=lambda one: (one.from_on, one.until_on or date.min)))
    )


def _state(visit: Visit, lane: Lane) -> str:
    row, words = lane.line.row, visit.texts
    if row.standing in ENDED:
        return words.word("state", row.place)
    days = words.say("web.board.days", n=row.days_in_phase)
    place = words.word("state", row.place)
    resting = row.standing == Standing.PAUSED
    return words.say("web.board.lane_resting" if resting else "web.board.lane", place=place, days=days)


def _bar(visit: Visit, bar: Bar, lane: Lane) -> Told:
    texts, goes_on = visit.texts, bar.kind != "forecast" and bar is _last_gone(lane)
    what = phase_word(visit, bar.phase)
    kind = "goes_on" if goes_on and bar.kind == "actual" else bar.kind
    until_on = None if goes_on else bar.until_on
    days = {"from_on": visit.formats.day(bar.from_on), "until_on": visit.formats.day(bar.until_on)}
    sentence = texts.word("web.board.told", kind, what=what, **days)
    basis = texts.word("web.board.basis", bar.basis) if bar.basis else texts.word("web.board.kind", kind)
    return Told(what, bar.from_on, until_on, basis, sentence)


def _last_gone(lane: Lane) -> Bar | None:
    if lane.line.row.standing in ENDED:
        return None
    return next((bar for bar in reversed(lane.bars) if bar.kind != "forecast"), None)


def _mark(visit: Visit, mark: Mark, today: date) -> Told:
    what = name_of(visit, mark)
    kind = mark.kind_on(today)
    sentence = visit.texts.word("web.board.told", kind, what=what, from_on=visit.formats.day(mark.on))
    return Told(what, mark.on, None, visit.texts.word("web.board.kind", kind), sentence)


def phase_word(visit: Visit, phase: str) -> str:
    """Return what a stretch of time is called: the last phase lasts as long as the follow-ups do."""
    return visit.texts.say("web.board.follow_up") if phase == Phase.FINISHED else visit.texts.word("phase", phase)


def _bar_word(visit: Visit, bar: Bar) -> str:
    return visit.texts.say("web.board.resting_bar") if bar.kind == "rest" else phase_word(visit, bar.phase)


def name_of(visit: Visit, mark: Mark) -> str:
    """Return what a milestone is called: "Möte i HSN", "Lärandeloop 3 öppnas"."""
    texts = visit.texts
    match mark.kind:
        case "meeting":
            return texts.say("web.board.mark.meeting", body=mark.body)
        case "decided":
            return texts.say("web.board.mark.decided", body=mark.body, outcome=texts.word("choice", mark.outcome))
        case "held":
            return texts.say("web.board.mark.held", number=mark.number)
        case "celebrated":
            return texts.say("web.board.mark.celebrated")
        case TimerKind.DECISION:
            return texts.say("web.board.mark.decision")
        case TimerKind.LOOP_OVERDUE:
            return texts.say("web.board.mark.loop_overdue", number=mark.number)
    assert mark.kind in set(TimerKind), mark.kind
    return visit.wording.timer(mark.kind, mark.number)
