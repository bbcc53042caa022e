"""The things that people do to an introduction, each a real command or a few: shared by simulation and demo.

An act decides what to write, not when; whether it is allowed is decided by the engine, whose refusals pass through.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pathways.errors import Refused
from pathways.services.ask import Receipt
from pathways.simulation.dice import Dice
from pathways.simulation.hand import Hand
from pathways.simulation.sight import Sight
from pathways.simulation.texts import (
    ACTIVITIES,
    CAUSES,
    EVALUATIONS,
    LATER_ACTIVITIES,
    LESSONS,
    MEASURES,
    OUTCOMES,
    PATIENT_PERSPECTIVES,
    REASONS,
    STATES,
    pick,
    register_no,
    said,
)
from pathways.simulation.world import BOARD_SECRETARY, COORDINATOR, MANAGERS, REGISTRAR, REPRESENTATIVE, team_of
from pathways.storage.unit_of_work import Row

GAP_WEIGHTS = ((0, 3), (1, 3), (2, 4), (3, 2), ("not_applicable", 1), ("dont_know", 1))
GRAVE = 2


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts, with the hand, eyes and dice they need."""

    hand: Hand
    sight: Sight
    dice: Dice

    @property
    def today(self) -> date:
        """Return the day of the invented world."""
        return self.hand.today

    def workday(self, days: int) -> date:
        """Return the working day so many working days from today."""
        return self.hand.app.profile.workdays.add(self.today, days)

    # -- preparation

    def form_group(self, slug: str) -> None:
        """Appoint the whole working group, arrange the patients' voice and inform the management group."""
        team = team_of(slug)
        self.appoint(slug, team.chair, "lag_chair")
        self.appoint(slug, team.resource, "development_resource")
        for member in team.members:
            self.appoint(slug, member, "lag_member")
        self.arrange_patient_perspective(slug)
        self.inform(slug)

    def appoint(self, slug: str, person: str, role: str) -> Receipt:
        """Appoint somebody to the group."""
        return self.hand.give(slug, "appoint", COORDINATOR, data={"person": person, "role": role})

    def arrange_patient_perspective(self, slug: str) -> Receipt:
        """Choose a way to hear patients."""
        how = self.dice.of(slug, "patients").choice(PATIENT_PERSPECTIVES)
        return self.hand.give(slug, "arrange_patient_perspective", COORDINATOR, data={"how": how})

    def inform(self, slug: str) -> Receipt:
        """Record that LG-HS was told, at its last meeting or, where none is known, yesterday."""
        held_on = self.sight.last_meeting("lg_hs", by=self.today) or self.today - timedelta(days=1)
        return self.hand.give(slug, "inform", COORDINATOR, data={"body": "lg_hs", "held_on": held_on})

    # -- gap analysis

    def invite(self, slug: str, *, version: str | None = None, days: int = 15) -> Receipt:
        """Ask the team's units, for the version at hand or a named one."""
        team = team_of(slug)
        data: dict[str, object] = {"units": list(team.units), "due_on": self.workday(days)}
        if version is not None:
            data["version"] = version
        return self.hand.give(slug, "invite_units", team.resource, data=data)

    def answer(self, slug: str, unit: str, *, version_id: int | None = None, thorough: bool = True) -> Receipt:
        """Let a unit answer: every step, or the first half; a grave gap mostly comes with a measure."""
        case = self.sight.case(slug)
        version = version_id or case["analysed_version_id"]
        steps = self.sight.steps(version)
        some = steps if thorough else steps[: len(steps) // 2]
        answers = [self._step_answer(slug, unit, step, version) for step in some]
        return self.hand.give(slug, "answer_gap", REPRESENTATIVE[unit], data={"unit": unit, "answers": answers})

    def fill_measures(self, slug: str) -> int:
        """Give every grave gap a measure, as the working group does; return how many lacked one."""
        bare = [gap for gap in self.sight.gaps(self.sight.case(slug)) if not gap["measure"]]
        for unit in sorted({gap["unit"] for gap in bare}):
            answers = [
                {
                    "step": gap["step"],
                    "level": gap["level"],
                    "measure": pick(self.dice.of(slug, unit, gap["step"], "filled"), MEASURES),
                }
                for gap in bare
                if gap["unit"] == unit
            ]
            self.hand.give(slug, "answer_gap", team_of(slug).resource, data={"unit": unit, "answers": answers})
        return len(bare)

    def excuse(self, slug: str, unit: str) -> Receipt:
        """Let a unit off."""
        chair = team_of(slug).chair
        return self.hand.give(slug, "excuse_unit", chair, data={"unit": unit}, reason=said(REASONS["excuse"]))

    def record_response(self, slug: str, *, meeting_on: date) -> Receipt:
        """Record what the regional board decided on the consultation response."""
        dice = self.dice.of(slug, "response", meeting_on)
        data = {
            "body": "rs",
            "meeting_on": meeting_on,
            "paragraph_no": self._paragraph("rs", meeting_on),
            "register_no": register_no(dice, meeting_on.year),
        }
        return self.hand.give(slug, "record_response", REGISTRAR, data=data)

    def _paragraph(self, body: str, meeting_on: date) -> str:
        """Return the paragraph that follows on those of the same meeting."""
        first = self.dice.of(body, meeting_on, "paragraph").randint(40, 180)
        return f"§ {first + self.sight.decided_at(body, meeting_on)}"

    # -- plan and decision

    def plan(self, slug: str, *, most: int = 5) -> list[str]:
        """Plan activities so that every grave gap has one; return their refs, none where there is no such gap."""
        gaps = self.sight.gaps(self.sight.case(slug))
        if not gaps:
            return []
        dice = self.dice.of(slug, "plan", len(gaps))
        chosen = dice.sample(ACTIVITIES, min(most, len(gaps)))
        team, refs = team_of(slug), []
        for number, (title, kind, once, yearly) in enumerate(chosen):
            data = {
                "title": said(title),
                "kind": kind,
                "responsible": dice.choice((team.resource, team.chair, *team.members)),
                "start_on": self.workday(60),
                "due_on": self.workday(dice.randint(120, 380)),
                "cost_once": once,
                "cost_yearly": yearly,
                "gaps": tuple(gap["ref"] for gap in gaps[number :: len(chosen)]),
            }
            receipt = self.hand.give(slug, "plan_activity", team.resource, data=data)
            refs += [ref for table, ref in receipt.made if table == "activity"]
        return refs

    def open_comment_round(self, slug: str, *, days: int = 15) -> Receipt:
        """Send the plan round."""
        return self.hand.give(slug, "open_comment_round", COORDINATOR, data={"closes_on": self.workday(days)})

    def close_comment_round(self, slug: str) -> Receipt:
        """Take the comments in."""
        data = {"outcome": "held", "summary": said(REASONS["waive"])}
        return self.hand.give(slug, "close_comment_round", COORDINATOR, data=data)

    def waive_comment_round(self, slug: str) -> Receipt:
        """Do without a comment round."""
        data = {"outcome": "waived"}
        return self.hand.give(slug, "close_comment_round", COORDINATOR, data=data, reason=said(REASONS["waive"]))

    def rank(self, slug: str) -> Receipt:
        """Rank the measures; where there are many, the last one is declined with a motive."""
        refs = [row["ref"] for row in self.sight.activities(self.sight.case(slug))]
        dice = self.dice.of(slug, "rank", len(refs))
        dice.shuffle(refs)
        declined = refs[4:5]
        data = {
            "order": [ref for ref in refs if ref not in declined],
            "motive": said("Störst gap för flest patienter först"),
            "declined": [
                {"activity": ref, "motive": said("Ryms inte i årets ram, prövas nästa år")} for ref in declined
            ],
        }
        return self.hand.give(slug, "rank", dice.choice(MANAGERS), data=data)

    def make_basis(self, slug: str, *, meeting_on: date) -> Receipt:
        """Write the decision basis for a meeting of the health-care board."""
        data = {
            "body": "hsn",
            "meeting_on": meeting_on,
            "basis": said("Gapen, åtgärderna i ordning, kostnaden och vad som väljs bort"),
        }
        return self.hand.give(slug, "make_decision_basis", COORDINATOR, data=data)

    def decide(self, slug: str, outcome: str, *, meeting_on: date, conditions: str | None = None) -> Receipt:
        """Record what the health-care board decided."""
        dice = self.dice.of(slug, "decide", meeting_on)
        data: dict[str, object] = {
            "outcome": outcome,
            "body": "hsn",
            "meeting_on": meeting_on,
            "paragraph_no": self._paragraph("hsn", meeting_on),
            "register_no": register_no(dice, meeting_on.year),
        }
        if conditions is not None:
            data["conditions"] = said(conditions)
        return self.hand.give(slug, "decide", BOARD_SECRETARY, data=data)

    # -- learning and celebration

    def hold_loop(self, slug: str, decision: str, *, until_on: date | None = None) -> Receipt:
        """Hold the open loop today."""
        number = self.sight.loops_held(self.sight.case(slug))
        data: dict[str, object] = {
            "held_on": self.today,
            "attendees": ["lag_chair", "development_resource", "lag_member", "unit_representative"],
            "decision": decision,
            "summary": pick(self.dice.of(slug, "lesson", number), LESSONS[decision]),
            "hold_check_done": decision == "finish",
            "indicators_secured": decision == "finish",
        }
        if until_on is not None:
            data["until_on"] = until_on
        reason = str(data["summary"]) if until_on is not None else None
        return self.hand.give(slug, "hold_loop", COORDINATOR, data=data, reason=reason)

    def adjust_plan(self, slug: str) -> Receipt:
        """Add an activity, as the loop decided, for a gap that is still open."""
        team, gaps = team_of(slug), self.sight.gaps(self.sight.case(slug))
        dice = self.dice.of(slug, "adjust", self.sight.loops_held(self.sight.case(slug)))
        title, kind, once, yearly = dice.choice(LATER_ACTIVITIES)
        data = {
            "title": said(title),
            "kind": kind,
            "responsible": dice.choice((team.resource, *team.members)),
            "due_on": self.workday(dice.randint(40, 120)),
            "cost_once": once,
            "cost_yearly": yearly,
            "gaps": tuple(gap["ref"] for gap in gaps[:1]),
        }
        return self.hand.give(slug, "plan_activity", team.resource, data=data)

    def move_activity(self, slug: str, activity: Row, state: str) -> Receipt:
        """Say how far an activity has come."""
        data = {"activity": activity["ref"], "state": state}
        return self.hand.give(slug, "update_activity", team_of(slug).resource, data=data)

    def celebrate(self, slug: str) -> Receipt:
        """Write the evaluation, celebrate today, and hand over to the first unit's head."""
        team = team_of(slug)
        data = {
            "evaluation": pick(self.dice.of(slug, "evaluation"), EVALUATIONS),
            "held_on": self.today,
            "receiver": REPRESENTATIVE[team.units[0]],
        }
        return self.hand.give(slug, "record_celebration", team.chair, data=data)

    def finish_item(self, slug: str, item: str) -> int:
        """Complete the open tasks of a checklist item, each by whoever has it; return how many there were."""
        found = [task for task in self.sight.open_tasks(slug) if task["item"] == item]
        for task in found:
            self.complete(task)
        return len(found)

    def complete(self, task: Row) -> Receipt:
        """Complete one task."""
        data = {"task": task["ref"], "outcome": pick(self.dice.of(task["slug"], task["ref"], "outcome"), OUTCOMES)}
        return self.hand.give(task["slug"], "complete_task", task["assignee"] or COORDINATOR, data=data)

    def hand_over(self, task: Row, to: str, by: str, *, on_behalf: str | None = None) -> bool:
        """Hand a task on; False where it would come back, since the other person is away too."""
        data = {"task": task["ref"], "to": to}
        try:
            self.hand.give(task["slug"], "delegate_task", by, data=data, on_behalf=on_behalf)
        except Refused as refusal:
            self.hand.refused[refusal.sentence] += 1
            return False
        return True

    def _step_answer(self, slug: str, unit: str, step: str, version: int) -> dict[str, object]:
        dice = self.dice.of(slug, unit, step, version)
        levels, weights = zip(*GAP_WEIGHTS, strict=True)
        level = dice.choices(levels, weights)[0]
        answer: dict[str, object] = {"step": step, "level": level}
        if isinstance(level, int) and level >= GRAVE:
            answer |= {"cause": dice.choice(CAUSES), "current_state": pick(dice, STATES)}
            if dice.random() < 0.85:
                answer["measure"] = pick(dice, MEASURES)
        return answer
