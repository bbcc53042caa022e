"""The demo's story: what was done to each of the ten pathways, dated as in Region Dalarna up to 9 June 2021.

Known and true are the ten rows, the decisions of HSN on 1 December 2020, that of RS on 8 June 2021 and that sepsis was
under way (catalogue/dalarna_2021.yaml). Everything else is example data.
"""

from collections.abc import Callable, Iterator
from datetime import date

from pathways.simulation.acts import Acts
from pathways.simulation.demo_meetings import tell_meetings
from pathways.simulation.demo_scenes import (
    Move,
    Scene,
    adopt_adjusted,
    begin,
    carry_on,
    celebrate,
    communicate,
    decide,
    loop,
    review,
    start,
    to_decision,
)
from pathways.simulation.errands import ANSWER
from pathways.simulation.reviews import Reviews
from pathways.simulation.texts import REASONS, said
from pathways.simulation.world import COORDINATOR, HEAD, REGISTRAR, team_of

LEFT_UNDONE = frozenset({("sepsis", ANSWER), ("kol", "samla-infor-loopen")})
"""Tasks that nobody gets round to, so that the demo has something late."""


def tell_story() -> list[Scene]:
    """Return all scenes by day."""
    scenes = [scene for part in _PARTS for scene in part()]
    return sorted(scenes, key=lambda scene: scene.on)


def _rheumatoid_1() -> Iterator[Scene]:
    """Finished: the follow-ups remain."""
    slug, meeting = "reumatoid-artrit-del-1", date(2020, 4, 21)
    yield from to_decision(
        slug,
        started="2019-10-14",
        gap="2019-11-11",
        communicated="2019-12-16",
        proposed="2020-02-10",
        submitted="2020-03-02",
        meeting=meeting.isoformat(),
    )
    yield decide(slug, meeting)
    yield loop(slug, "2020-08-04", "continue")
    yield carry_on(slug, "2020-09-14", done=2, begun=2)
    yield loop(slug, "2020-11-03", "adjust")
    yield adopt_adjusted(slug, "2020-11-17")
    yield loop(slug, "2021-02-02", "finish")
    yield celebrate(slug, "2021-03-09")

    def finish(acts: Acts, _move: Move) -> bool:
        acts.finish_item(slug, "lamna-over-till-linjen")
        acts.hand.give(slug, "finish", COORDINATOR)
        return True

    yield Scene(date(2021, 3, 24), slug, finish)


def _hip() -> Iterator[Scene]:
    """Just celebrated."""
    slug, meeting = "hoftledsartros-primarvard", date(2020, 6, 16)
    yield from to_decision(
        slug,
        started="2019-11-11",
        gap="2019-12-09",
        communicated="2020-02-24",
        proposed="2020-04-06",
        submitted="2020-05-04",
        meeting=meeting.isoformat(),
    )
    yield decide(slug, meeting)
    yield loop(slug, "2020-09-23", "continue")
    yield carry_on(slug, "2020-10-12", done=2, begun=2)
    yield loop(slug, "2020-12-22", "continue")

    def check(acts: Acts, _move: Move) -> bool:
        Reviews(acts).check_hold(slug)
        return True

    yield Scene(date(2021, 3, 10), slug, check)
    yield from review(slug, "2021-01-11", "2021-03-24", "finish")
    yield celebrate(slug, "2021-06-01")


def _stroke() -> Iterator[Scene]:
    """Resting since the winter."""
    slug, meeting = "stroke-tia-tidiga-insatser", date(2020, 9, 15)
    yield from to_decision(
        slug,
        started="2020-01-13",
        gap="2020-02-17",
        communicated="2020-05-04",
        proposed="2020-06-15",
        submitted="2020-08-10",
        meeting=meeting.isoformat(),
    )
    yield decide(slug, meeting)
    yield loop(slug, "2020-12-18", "continue")

    def rest(acts: Acts, move: Move) -> bool:
        for task in acts.sight.open_tasks(slug):
            acts.complete(task)
        data = {"until_on": move(date(2021, 8, 23))}
        acts.hand.give(slug, "pause", HEAD, data=data, reason=said(REASONS["wave"]))
        return True

    yield Scene(date(2021, 1, 18), slug, rest)


def _decided_in_december(slug: str) -> Iterator[Scene]:
    """One of the three that HSN adopted on 1 December 2020."""
    meeting = date(2020, 12, 1)
    yield from to_decision(
        slug,
        started="2020-02-03",
        gap="2020-03-09",
        communicated="2020-06-08",
        proposed="2020-09-07",
        submitted="2020-10-19",
        meeting=meeting.isoformat(),
    )
    yield decide(slug, meeting, "Återrapport till nämnden efter ett år" if slug == "kol" else None)
    yield carry_on(slug, "2021-02-01", done=1, begun=2)


def _copd() -> Iterator[Scene]:
    """The second loop is open and waits to be held; what is expected was written down before."""
    yield from _decided_in_december("kol")
    yield loop("kol", "2021-03-09", "continue")

    def foretell(acts: Acts, _move: Move) -> bool:
        Reviews(acts).foretell("kol")
        return True

    def begin(acts: Acts, _move: Move) -> bool:
        if acts.sight.open_loop(acts.sight.case("kol")) is None:
            return False
        Reviews(acts).begin("kol")
        return True

    yield Scene(date(2021, 3, 16), "kol", foretell)
    yield Scene(date(2021, 6, 4), "kol", begin)


def _ischaemia() -> Iterator[Scene]:
    """Two loops held, the plan is carried out."""
    slug = "kritisk-benischemi"
    yield from _decided_in_december(slug)
    yield loop(slug, "2021-03-08", "continue")
    yield from review(
        slug, "2021-03-16", "2021-06-04", "continue", "Får vi förlänga projekttiden för utvecklingsresursen?"
    )


def _schizophrenia() -> Iterator[Scene]:
    """The second loop decided to adjust the plan."""
    slug = "schizofreni-forstagangsinsjuknande"
    yield from _decided_in_december(slug)
    yield loop(slug, "2021-03-10", "adjust")
    yield adopt_adjusted(slug, "2021-03-24")
    yield from review(slug, "2021-04-06", "2021-06-07", "adjust")


def _heart_failure() -> Iterator[Scene]:
    """On its way to the board's meeting."""
    yield from to_decision(
        "hjartsvikt-nydebuterad",
        started="2020-10-12",
        gap="2020-11-09",
        communicated="2021-02-01",
        proposed="2021-03-29",
        submitted="2021-05-10",
        meeting="2021-06-22",
    )


def _osteoporosis() -> Iterator[Scene]:
    """Preparation: the working group is not complete."""
    slug = "osteoporos-sekundarprevention"
    team = team_of(slug)

    def appoint(acts: Acts, _move: Move) -> bool:
        acts.appoint(slug, team.chair, "lag_chair")
        for member in team.members[:2]:
            acts.appoint(slug, member, "lag_member")
        return True

    yield start(slug, date(2021, 5, 26))
    yield Scene(date(2021, 6, 2), slug, appoint)


def _sepsis() -> Iterator[Scene]:
    """The gap analysis is under way: one unit has answered, one half and asked for time, one not at all."""
    slug = "sepsis"
    units = team_of(slug).units

    def answer(acts: Acts, move: Move) -> bool:
        acts.answer(slug, units[0])
        acts.answer(slug, units[1], thorough=False)
        for task in acts.sight.open_tasks(slug):
            if task["unit"] == units[1]:
                data = {"task": task["ref"], "due_on": move(date(2021, 6, 18))}
                acts.hand.give(slug, "snooze_task", task["assignee"], data=data, reason=said(REASONS["snooze"]))
        return True

    yield from begin(slug, date(2021, 4, 12), date(2021, 5, 10))
    yield Scene(date(2021, 5, 27), slug, answer)


def _rheumatoid_2() -> Iterator[Scene]:
    """The consultation response was decided by RS on 8 June 2021 and sent."""
    slug, meeting = "reumatoid-artrit-etablerad", date(2021, 6, 8)

    def respond(acts: Acts, move: Move) -> bool:
        acts.record_response(slug, meeting_on=move(meeting))
        acts.finish_item(slug, "skriv-remissvar")
        acts.hand.give(slug, "submit_response", REGISTRAR)
        return True

    yield from begin(slug, date(2021, 4, 15), date(2021, 4, 26))
    yield communicate(slug, date(2021, 5, 24))
    yield Scene(meeting, slug, respond)


_PARTS: tuple[Callable[[], Iterator[Scene]], ...] = (
    _rheumatoid_1,
    _hip,
    _stroke,
    _copd,
    _ischaemia,
    _schizophrenia,
    _heart_failure,
    _osteoporosis,
    _sepsis,
    _rheumatoid_2,
    tell_meetings,
)
