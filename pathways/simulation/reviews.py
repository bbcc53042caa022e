"""Learning loops held in full: foretold, written on the working paper, signed; and the hold check."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle

from sqlalchemy import select

from pathways.models.organisation import Person
from pathways.queries.review import ReviewPage, review_page
from pathways.services.hold.lines import LINES
from pathways.services.review.field import Writer, save_review_field
from pathways.simulation.acts import Acts
from pathways.simulation.texts import THEORIES, TOLD, pick, said
from pathways.simulation.world import team_of
from pathways.storage.unit_of_work import table_of

VERDICTS = {"continue": ("keep", "extend"), "adjust": ("adjust", "keep"), "finish": ("keep", "keep")}
"""What is decided of the activities, one after the other, by what is decided of the whole."""

_person = table_of(Person)


@dataclass(frozen=True, slots=True)
class Reviews:
    """The acts of a learning loop that is held in full."""

    acts: Acts

    def foretell(self, slug: str) -> None:
        """Write down what is expected of every activity that the next or open loop will look at."""
        page = self._page(slug)
        for tested in page.under_test:
            if tested.prediction is None:
                data = {
                    "number": page.number,
                    "activity": tested.line.ref,
                    "theory": pick(self.acts.dice.of(slug, tested.line.ref, "theory"), THEORIES),
                    "measure": said("Andel patienter med samordnad plan"),
                    "direction": "higher",
                    "size": said("från 40 till 60 procent"),
                    "by_on": self.acts.workday(60),
                }
                self.acts.hand.give(slug, "predict", team_of(slug).resource, data=data)

    def begin(self, slug: str) -> None:
        """Write the first answers on the paper of the open loop, as people do before they meet."""
        page = self._page(slug)
        self._write(slug, page, {"w-risks": said("Sommaren: färre på plats")})
        for tested in page.under_test[:1]:
            self._write(slug, page, {f"a-{tested.line.ref}-voice_staff": self._told(slug, "begun", "staff")})

    def sign(self, slug: str, decision: str, *, question: str | None = None) -> None:
        """Fill in the paper of the open loop and sign it; a `question` goes to the management group."""
        page = self._page(slug)
        self._write(slug, page, self._whole(slug, page, decision, question))
        for tested, verdict in zip(page.under_test, cycle(VERDICTS[decision]), strict=False):
            answers = self._of_activity(slug, tested.line.ref, verdict)
            self._write(slug, page, {f"a-{tested.line.ref}-{name}": text for name, text in answers.items()})
        self.acts.hand.give(slug, "sign_review", team_of(slug).chair, data={"number": page.number})

    def check_hold(self, slug: str) -> None:
        """Let the whole working group answer the hold check, and close it."""
        team = team_of(slug)
        people = [team.chair, team.resource, *team.members]
        data = {"people": people, "due_on": self.acts.workday(5)}
        self.acts.hand.give(slug, "open_hold_check", team.resource, data=data)
        for person in people:
            dice = self.acts.dice.of(slug, person, "hold")
            levels = [{"line": line, "level": dice.choice((1, 2, 2, 3, 3))} for line in LINES]
            self.acts.hand.give(slug, "answer_hold_check", person, data={"answers": levels})
        self.acts.hand.give(slug, "close_hold_check", team.resource)

    def _whole(self, slug: str, page: ReviewPage, decision: str, question: str | None) -> Mapping[str, str]:
        answers = {
            "held_on": self.acts.today.isoformat(),
            "present": "lag_chair,development_resource,lag_member,unit_representative",
            "led_by": "lag_chair",
            "closing": "yes" if decision == "finish" else "partly",
            "asked_for": "decision" if question else "none",
            "question": said(question) if question else "",
            "decision": decision,
            "summary": self._told(slug, page.number, "summary"),
            "minutes": "40",
        }
        if decision == "finish":
            answers |= {"hold_check_done": "yes", "indicators_secured": "yes"}
        return {f"w-{name}": text for name, text in answers.items() if text}

    def _of_activity(self, slug: str, ref: str, verdict: str) -> dict[str, str]:
        told = {name: self._told(slug, ref, name) for name in ("changed", "learned", "why", "change")}
        if verdict != "adjust":
            del told["change"]
        return {
            **told,
            "voice_patients": self._told(slug, ref, "patients"),
            "voice_staff": self._told(slug, ref, "staff"),
            "scale": "one_unit",
            "done": "yes" if verdict == "keep" else "partly",
            "reach": said("två av tre"),
            "worse": "no",
            "compared": "as_expected" if verdict == "keep" else "worse",
            "decision": verdict,
            "next_scale": "all",
            "owner": team_of(slug).resource,
            "due_on": self.acts.workday(60).isoformat(),
        }

    def _told(self, slug: str, about: object, name: str) -> str:
        return pick(self.acts.dice.of(slug, about, name), TOLD[name])

    def _write(self, slug: str, page: ReviewPage, answers: Mapping[str, str]) -> None:
        app, hand = self.acts.hand.app, self.acts.hand
        with app.write() as work:
            resource = work.value(select(_person.c.id).where(_person.c.slug == team_of(slug).resource))
            who = Writer(
                person_id=int(resource or 0),
                region_id=app.region_id(),
                introduction_id=page.head.introduction_id,
                loop=page.number,
            )
            for key, text in answers.items():
                seen = page.paper.get(key).version
                save_review_field(work, who, key, text, seen=seen, today=hand.today)
            work.commit()

    def _page(self, slug: str) -> ReviewPage:
        app, hand = self.acts.hand.app, self.acts.hand
        with app.read() as work:
            return review_page(
                work,
                region_id=app.region_id(),
                slug=slug,
                number=None,
                profile=app.profile,
                today=hand.today,
                now=hand.now,
            )
