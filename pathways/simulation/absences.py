"""Who falls ill, for how long, and who stands in: drawn month by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from pathways.models.organisation import Absence, Person
from pathways.simulation.acts import Acts
from pathways.simulation.world import ASSISTANT, COORDINATOR
from pathways.storage.unit_of_work import table_of

ILL_IN_A_MONTH = 0.10
LASTS_DAYS = (5, 40)
_person = table_of(Person)


@dataclass(slots=True)
class Absences:
    """Sends people home and lets the coordinator hand their open tasks on."""

    acts: Acts
    month: tuple[int, int] = (0, 0)

    def run(self) -> None:
        """Draw this month's absences on its first working day."""
        today = self.acts.today
        if self.month == (today.year, today.month):
            return
        self.month = (today.year, today.month)
        for person, substitute in ASSISTANT.items():
            if self.acts.dice.chance(ILL_IN_A_MONTH, person, *self.month, "ill"):
                days = self.acts.dice.of(person, *self.month, "days").randint(*LASTS_DAYS)
                self._send_home(person, substitute, until_on=today + timedelta(days=days))

    def _send_home(self, person: str, substitute: str, *, until_on: date) -> None:
        with self.acts.hand.app.write() as work:
            ids = {row["slug"]: row["id"] for row in work.rows(select(_person.c.slug, _person.c.id))}
            values = {"from_on": self.acts.today, "until_on": until_on}
            work.insert_one(Absence, {"person_id": ids[person], "substitute_id": ids[substitute], **values})
            work.commit()
        for task in self.acts.sight.open_tasks():
            if task["assignee"] == person and task["due_on"] <= until_on:
                self.acts.hand_over(task, substitute, COORDINATOR, on_behalf=person)
