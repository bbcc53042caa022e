"""How people meet the reasons of a refusal: each sentence has somebody who does something about it, one by one."""

from collections.abc import Callable
from dataclasses import dataclass

from pathways.simulation.acts import Acts
from pathways.simulation.world import COORDINATOR, team_of
from states.reasons import Reason

PATIENCE_WORKDAYS = 25
PAPERS_TAKE_WORKDAYS = 3


@dataclass(frozen=True, slots=True)
class Remedies:
    """What is done about each reason. A reason that only time can meet has no remedy."""

    acts: Acts

    def meet(self, slug: str, reasons: tuple[Reason, ...], *, waited: int, most: int = 2) -> int:
        """Meet at most `most` of the reasons and return how many; `waited` is working days since work began here."""
        met = 0
        for reason in reasons:
            remedy = self._remedies().get(reason.sentence)
            if remedy is not None and met < most:
                met += remedy(slug, reason, waited)
        return met

    def _remedies(self) -> dict[str, Callable[[str, Reason, int], bool]]:
        return {
            "chair_missing": self._chair,
            "members_missing": self._member,
            "development_resource_missing": self._resource,
            "patient_perspective_missing": self._patients,
            "management_group_uninformed": self._inform,
            "checklist_item_open": self._item,
            "units_uninvited": self._invite,
            "units_waiting": self._remind_units,
            "gaps_without_measure": self._measures,
            "version_in_force_not_analysed": self._reopen,
            "plan_empty": self._plan,
            "comment_round_unsettled": self._comment_round,
            "measures_unranked": self._rank,
            "decision_basis_missing": self._basis,
            "hand_in_passed": self._basis,
        }

    def _chair(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.appoint(slug, team_of(slug).chair, "lag_chair")
        return True

    def _member(self, slug: str, reason: Reason, _waited: int) -> bool:
        self.acts.appoint(slug, team_of(slug).members[int(reason.values["appointed"])], "lag_member")
        return True

    def _resource(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.appoint(slug, team_of(slug).resource, "development_resource")
        return True

    def _patients(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.arrange_patient_perspective(slug)
        return True

    def _inform(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.inform(slug)
        return True

    def _item(self, slug: str, reason: Reason, waited: int) -> bool:
        """Somebody is called up about an item that stands in the way, once others have had their time."""
        return waited >= 10 and self.acts.finish_item(slug, str(reason.values["item"])) > 0

    def _invite(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.invite(slug)
        self.acts.finish_item(slug, "bjud-in-enheterna")
        return True

    def _remind_units(self, slug: str, _reason: Reason, waited: int) -> bool:
        """After a long wait one unit is called up: most answer then, some are let off."""
        if waited < PATIENCE_WORKDAYS:
            return False
        case = self.acts.sight.case(slug)
        waiting = [unit for unit, state in self.acts.sight.invited(case).items() if state == "waiting"]
        if self.acts.dice.chance(0.3, slug, waiting[0], "excused"):
            self.acts.excuse(slug, waiting[0])
        else:
            self.acts.answer(slug, waiting[0])
        return True

    def _measures(self, slug: str, _reason: Reason, _waited: int) -> bool:
        return self.acts.fill_measures(slug) > 0

    def _reopen(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.hand.give(slug, "reopen_gap_analysis", COORDINATOR)
        return True

    def _plan(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.plan(slug)
        self.acts.finish_item(slug, "skriv-handlingsplan")
        return True

    def _comment_round(self, slug: str, _reason: Reason, _waited: int) -> bool:
        """Open the round, close it when its time is over; some plans do without one."""
        known = self.acts.sight.comment_round(self.acts.sight.case(slug))
        if known is not None:
            if known["closes_on"] >= self.acts.today:
                return False
            self.acts.close_comment_round(slug)
        elif self.acts.dice.chance(0.15, slug, "waived"):
            self.acts.waive_comment_round(slug)
        else:
            self.acts.open_comment_round(slug)
            self.acts.finish_item(slug, "skicka-synpunktsrunda")
        return True

    def _rank(self, slug: str, _reason: Reason, _waited: int) -> bool:
        self.acts.rank(slug)
        self.acts.finish_item(slug, "rangordna-atgarderna")
        return True

    def _basis(self, slug: str, _reason: Reason, _waited: int) -> bool:
        meeting_on = self.acts.sight.next_meeting("hsn", hand_in_from=self.acts.workday(PAPERS_TAKE_WORKDAYS))
        if meeting_on is None:
            return False
        self.acts.make_basis(slug, meeting_on=meeting_on)
        self.acts.finish_item(slug, "skriv-beslutsunderlag")
        return True
