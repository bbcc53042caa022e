"""Whose turn it is: how the people around one introduction carry it on from where it stands, and how long they take.

They try the command that leads on; what the engine refuses it for, they put right (`remedies`) and try again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pathways.planning.consultation import Window, window_containing
from pathways.simulation.acts import Acts
from pathways.simulation.fate import Fate
from pathways.simulation.nation import OPEN_TEXT
from pathways.simulation.national import NationalMatters
from pathways.simulation.remedies import Remedies
from pathways.simulation.texts import REASONS, said
from pathways.simulation.world import BOARD_SECRETARY, COORDINATOR, HEAD, team_of
from pathways.storage.unit_of_work import Row

LOOPS_WANTED = (3, 7)
MISTAKE, LATE_LOOP = 0.05, 0.15
MAY_BE_MISTAKEN = frozenset({"communicate_gap_analysis", "propose_plan", "submit_for_decision"})
AT_REST_FROM = frozenset({"preparation", "mapping", "communicated", "revising", "ranking", "executing", "reviewing"})
SOON, LATER = (3, 7), (10, 18)
AT_THE_END = 250  # working days until somebody looks at what has ended


@dataclass(slots=True)
class Story:
    """What the people around one introduction keep in mind."""

    slug: str
    place: str
    since: date
    next_on: date
    turns: int = 0
    loops_wanted: int = 0
    hold_on: date | None = None
    was_returned: bool = False
    has_slipped: bool = False
    rested_in_wave: bool = False
    mistake: int | None = None  # the event that was given by mistake


@dataclass(slots=True)
class Turns:
    """Everybody's turns, one introduction at a time."""

    acts: Acts
    fate: Fate
    stories: dict[str, Story] = field(default_factory=dict)

    def run(self) -> None:
        """Start what is to start today, then give every introduction whose turn it is its turn."""
        for slug, on in self.fate.starts.items():
            if slug not in self.stories and on <= self.acts.today:
                self._start(slug)
        cases = self.acts.sight.cases()
        for slug, story in self.stories.items():
            self._notice(story, cases[slug])
            if story.next_on <= self.acts.today:
                self._take(story, cases[slug])

    def _start(self, slug: str) -> None:
        self.acts.hand.give(slug, "start", COORDINATOR)
        low, high = LOOPS_WANTED
        today = self.acts.today
        wanted = self.acts.dice.of(slug, "loops").randint(low, high)
        self.stories[slug] = Story(slug, "preparation", today, self.acts.workday(3), loops_wanted=wanted)

    def _notice(self, story: Story, case: Row) -> None:
        """Take a new place in: people need some days before they go on from it."""
        if case["place"] != story.place:
            story.place, story.since, story.turns = case["place"], self.acts.today, 0
            days = 1 if story.place == "reviewing" else self._days(story, "arrive", SOON)
            story.next_on = self.acts.workday(days)
            story.hold_on = None

    def _take(self, story: Story, case: Row) -> None:
        story.turns += 1
        wait = self._put_right(story) or self._rest(story, case) or NationalMatters(self.acts).attend(case)
        if not wait:
            wait = self._handlers()[case["place"]](story, case)
        story.next_on = self.acts.workday(wait)

    def _handlers(self) -> dict[str, Callable[[Story, Row], int]]:
        return {
            "preparation": lambda story, _case: self._press(story, "start_gap_analysis"),
            "mapping": self._map,
            "revising": lambda story, _case: self._press(story, "communicate_gap_analysis"),
            "communicated": self._communicated,
            "ranking": lambda story, _case: self._press(story, "submit_for_decision"),
            "awaiting_decision": self._await_decision,
            "executing": self._execute,
            "reviewing": self._review,
            "adjusting": self._adjust,
            "evaluating": self._evaluate,
            "celebrated": lambda story, _case: self._press(story, "finish"),
            "finished": self._follow_up,
            "paused": self._come_back,
            "stopped": lambda _story, _case: AT_THE_END,
            "closed": lambda _story, _case: AT_THE_END,
        }

    # -- trouble

    def _put_right(self, story: Story) -> int:
        """Undo what was registered by mistake."""
        if story.mistake is None:
            return 0
        data, story.mistake = {"undo_to": story.mistake - 1}, None
        self.acts.hand.give(story.slug, "correct", COORDINATOR, data=data, reason=said(REASONS["mistake"]))
        return 2

    def _rest(self, story: Story, case: Row) -> int:
        """Let an introduction rest in the wave."""
        fate, today = self.fate, self.acts.today
        due = fate.wave_from <= today < fate.wave_until and story.slug in fate.resting
        if not due or story.rested_in_wave or case["place"] not in AT_REST_FROM:
            return 0
        story.rested_in_wave = True
        data = {"until_on": fate.wave_until}
        self.acts.hand.give(story.slug, "pause", HEAD, data=data, reason=said(REASONS["wave"]))
        return 5

    def _come_back(self, story: Story, case: Row) -> int:
        if case["return_on"] > self.acts.today:
            return min(20, self.acts.hand.app.profile.workdays.count(self.acts.today, case["return_on"]) + 1)
        if self.acts.dice.chance(0.5, story.slug, "lingers", story.since, story.turns):
            return 4
        self.acts.finish_item(story.slug, "prova-aterstart")
        self.acts.hand.give(story.slug, "resume", COORDINATOR, reason=said(REASONS["back"]))
        return 3

    # -- on the way to a decision

    def _press(self, story: Story, command: str) -> int:
        """Try the command that leads on; meet some of the reasons if it is refused."""
        reasons = self.acts.hand.attempt(story.slug, command, COORDINATOR)
        waited = self.acts.hand.app.profile.workdays.count(story.since, self.acts.today)
        if reasons:
            Remedies(self.acts).meet(story.slug, reasons, waited=waited)
        else:
            self._perhaps_by_mistake(story, command)
        return self._days(story, "press", SOON)

    def _perhaps_by_mistake(self, story: Story, command: str) -> None:
        receipt = self.acts.hand.last
        if receipt is None or command not in MAY_BE_MISTAKEN:
            return
        if self.acts.dice.chance(MISTAKE, story.slug, "mistake", receipt.seq):
            story.mistake = receipt.seq

    def _map(self, story: Story, _case: Row) -> int:
        waited = self.acts.hand.app.profile.workdays.count(story.since, self.acts.today)
        if story.turns > 1 and waited < LATER[0]:
            return self._days(story, "map", SOON)
        return self._press(story, "communicate_gap_analysis")

    def _communicated(self, story: Story, case: Row) -> int:
        if "drafting" in case["configuration"]:
            self._respond(story)
        return self._press(story, "propose_plan")

    def _respond(self, story: Story) -> None:
        """Get the regional board's decision and send the response, or give it up when the window has closed."""
        reasons = self.acts.hand.attempt(story.slug, "submit_response", BOARD_SECRETARY)
        if not reasons:
            return
        window = self._window()
        if window is None or self.acts.today > window.closes_on:
            reason = said(REASONS["late_response"])
            self.acts.hand.give(story.slug, "waive_response", COORDINATOR, reason=reason)
            return
        meeting_on = self.acts.sight.last_meeting("rs", by=self.acts.today)
        undecided = any(reason.sentence == "response_undecided" for reason in reasons)
        if undecided and meeting_on is not None and meeting_on > story.since:
            self.acts.record_response(story.slug, meeting_on=meeting_on)
        Remedies(self.acts).meet(story.slug, reasons, waited=LATER[0])

    def _window(self) -> Window | None:
        return window_containing(next(news.on for news in self.fate.news if news.slug == OPEN_TEXT))

    def _await_decision(self, story: Story, case: Row) -> int:
        board = self.acts.sight.board_case(case)
        assert board is not None
        after = self.acts.hand.app.profile.workdays.count(board["meeting_on"], self.acts.today)
        if after < 1 + self.acts.dice.of(story.slug, "minutes", board["meeting_on"]).randint(0, 5):
            return 2
        self.acts.finish_item(story.slug, "hamta-protokollsutdrag")
        self.acts.decide(story.slug, self._outcome(story), meeting_on=board["meeting_on"])
        return 2

    def _outcome(self, story: Story) -> str:
        if story.slug == self.fate.declined:
            return "decline"
        if story.slug in self.fate.returned and not story.was_returned:
            story.was_returned = True
            return "return"
        return "adopt"

    # -- learning and after

    def _execute(self, story: Story, case: Row) -> int:
        """Carry an activity on; report now and then; ask for something that no checklist has."""
        dice = self.acts.dice.of(story.slug, "execute", self.acts.today)
        ahead = [one for one in self.acts.sight.activities(case) if one["state"] != "done"]
        if ahead:
            one = dice.choice(ahead)
            state = "done" if one["state"] == "under_way" else "under_way"
            self.acts.move_activity(story.slug, one, state)
        if dice.random() < 0.2:
            chair = team_of(story.slug).chair
            self.acts.hand.give(story.slug, "report", chair, reason=said(REASONS["report"]))
        if dice.random() < 0.1:
            data = {"title": said("Boka lokal för utbildningsdagen"), "due_on": self.acts.workday(15)}
            self.acts.hand.give(story.slug, "create_task", COORDINATOR, data=data)
        return self._days(story, "execute", LATER)

    def _review(self, story: Story, case: Row) -> int:
        """Hold the open loop: mostly in time, sometimes late."""
        if story.hold_on is None:
            dice = self.acts.dice.of(story.slug, "hold", self.acts.today)
            story.hold_on = self.acts.workday(dice.randint(10, 18) if dice.random() < LATE_LOOP else dice.randint(1, 7))
        if story.hold_on > self.acts.today:
            return 1
        self.acts.finish_item(story.slug, "hall-larandeloopen")
        held = self.acts.sight.loops_held(case) + 1
        decision = self._decision(story, held)
        until_on = self.acts.workday(45) if decision == "pause" else None
        self.acts.hold_loop(story.slug, decision, until_on=until_on)
        return 3

    def _decision(self, story: Story, held: int) -> str:
        if held >= story.loops_wanted:
            return "finish"
        return self.acts.dice.of(story.slug, "decision", held).choices(("continue", "adjust", "pause"), (60, 32, 8))[0]

    def _adjust(self, story: Story, _case: Row) -> int:
        if story.turns == 1:
            self.acts.adjust_plan(story.slug)
            self.acts.finish_item(story.slug, "andra-implementeringsplanen")
            return self._days(story, "adjust", SOON)
        self.acts.hand.give(story.slug, "adopt_adjusted_plan", team_of(story.slug).chair)
        return 3

    def _evaluate(self, story: Story, _case: Row) -> int:
        if story.turns == 1:
            return self._days(story, "evaluate", LATER)
        for item in ("skriv-utvardering", "utse-mottagare"):
            self.acts.finish_item(story.slug, item)
        self.acts.celebrate(story.slug)
        return 3

    def _follow_up(self, story: Story, case: Row) -> int:
        """Look whether the change holds; reopen it when it has slipped."""
        rounds = self.acts.sight.follow_ups(case)
        if any(row["recorded_on"] and not row["holds"] for row in rounds):
            story.loops_wanted = self.acts.sight.loops_held(case) + 2
            self.acts.hand.give(story.slug, "reopen", HEAD, reason=said(REASONS["slipped"]))
            return 3
        due = [row for row in rounds if row["recorded_on"] is None and row["due_on"] <= self.acts.today]
        if due:
            slipped = story.slug == self.fate.slips and not story.has_slipped
            story.has_slipped |= slipped
            self.acts.finish_item(story.slug, "gor-uppfoljningen")
            self._record(story.slug, due[0]["months"], "slipped" if slipped else "holds")
        return self._days(story, "follow", LATER)

    def _record(self, slug: str, months: int, outcome: str) -> None:
        note = said(REASONS["slipped"] if outcome == "slipped" else "Diagrammen ligger stilla på den nya nivån")
        data = {"months": months, "outcome": outcome, "note": note, "hold_check_done": True}
        self.acts.hand.give(slug, "record_follow_up", COORDINATOR, data=data)

    def _days(self, story: Story, what: str, between: tuple[int, int]) -> int:
        return self.acts.dice.of(story.slug, what, self.acts.today).randint(*between)
