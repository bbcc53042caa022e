"""What the people do when the nation has published something: follow it, or find out what it changes here."""

from dataclasses import dataclass

from pathways.simulation.acts import Acts
from pathways.simulation.sight import Version
from pathways.simulation.texts import REASONS, said
from pathways.simulation.world import COORDINATOR
from pathways.storage.unit_of_work import Row

LITTLE_EFFECT = 0.3
SENT_ROUND_IN = frozenset({"ranking", "awaiting_decision", "executing", "reviewing", "adjusting"})


@dataclass(frozen=True, slots=True)
class NationalMatters:
    """Attends to the national text of one introduction."""

    acts: Acts

    def attend(self, case: Row) -> int:
        """Do what the newest version asks for; return the working days that takes, 0 when there was nothing to do."""
        inside = set(case["configuration"])
        finals = [version for version in self.acts.sight.versions(case) if version.final]
        if not finals or not inside & {"consultation", "current", "superseded"}:
            return 0
        if "consultation" in inside:
            return self._give(case, "approve_nationally")
        if "current" in inside and finals[-1].id != case["adopted_version_id"]:
            return self._give(case, "revise_nationally")
        if "superseded" in inside:
            return self._adopt(case, finals[-1])
        return 0

    def _give(self, case: Row, command: str) -> int:
        self.acts.hand.give(case["slug"], command, COORDINATOR)
        return 4

    def _adopt(self, case: Row, newest: Version) -> int:
        """Adopt the revision: at once where it changes nothing here, otherwise when the units have answered anew."""
        slug = case["slug"]
        if self.acts.dice.chance(LITTLE_EFFECT, slug, "little effect") or case["place"] in {"finished", "celebrated"}:
            data, reason = {"outcome": "no_local_effect"}, said(REASONS["no_effect"])
            self.acts.hand.give(slug, "adopt_revision", COORDINATOR, data=data, reason=reason)
            return 3
        if not self.acts.hand.attempt(slug, "adopt_revision", COORDINATOR, data={"outcome": "revised"}):
            return 3
        if case["place"] in SENT_ROUND_IN:
            return self._ask_anew(case, newest)
        return 0

    def _ask_anew(self, case: Row, newest: Version) -> int:
        """Ask the units about the newest version beside the other work; one unit answers at a time."""
        slug = case["slug"]
        invited = self.acts.sight.invited(case, newest.id)
        if not invited:
            self.acts.invite(slug, version=newest.label)
            return 5
        waiting = [unit for unit, state in invited.items() if state == "waiting"]
        if waiting:
            self.acts.answer(slug, waiting[0], version_id=newest.id)
            return 2
        return 0
