"""Sums one introduction up to a row of the board: since when it stands there, who has the ball, what is due (pure)."""

from datetime import date
from types import MappingProxyType

from pathways.models.introduction import Appointment, Timer, TimerState
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.queries.material import Material
from pathways.queries.onward import onward_offers
from pathways.queries.people import People
from pathways.queries.views import BoardRow, Waiting
from pathways.services.facts import Versions
from pathways.storage.unit_of_work import Row

ACTS_NEXT = MappingProxyType(
    {
        "preparation": Role.COORDINATOR,
        "mapping": Role.LAG_CHAIR,
        "revising": Role.LAG_CHAIR,
        "communicated": Role.COORDINATOR,
        "ranking": Role.COORDINATOR,
        "awaiting_decision": Role.REGISTRAR,
        "executing": Role.DEVELOPMENT_RESOURCE,
        "reviewing": Role.LAG_CHAIR,
        "adjusting": Role.DEVELOPMENT_RESOURCE,
        "evaluating": Role.DEVELOPMENT_RESOURCE,
        "celebrated": Role.COORDINATOR,
        "finished": Role.ANALYST,
        "paused": Role.COORDINATOR,
    }
)
"""Who gives the next command where nothing stands in its way."""


def position_of(material: Material, people: People, versions: Versions, profile: Profile, *, today: date) -> BoardRow:
    """Return the introduction's row of the board on a day."""
    head = material.head
    next_due, what = _next_due(material, profile)
    return BoardRow(
        introduction_id=head.introduction_id,
        slug=head.slug,
        pathway=head.pathway,
        number=head.number,
        phase=head.phase,
        place=head.place,
        standing=head.standing,
        configuration=head.snapshot.configuration,
        days_in_phase=(today - local_date(head.phase_since_at, profile.region.zone)).days,
        waits_for=_waits_for(material, people, versions, profile, today=today),
        next_due=next_due,
        next_due_what=what,
        late=sum(task["due_on"] < today for task in material.open_tasks()),
        version=head.version,
    )


def _waits_for(
    material: Material, people: People, versions: Versions, profile: Profile, *, today: date
) -> tuple[Waiting, ...]:
    """Return whose task the process waits for; else who can meet what is unmet; else who gives the next command."""
    head = material.head
    if not head.is_open:
        return ()
    roster = people.roster(material.of(Appointment))
    required = next((task for task in material.open_tasks() if task["required_for"]), None)
    if required is not None:
        assignee = required["assignee_id"]
        holder = roster.stand_in(assignee) if assignee is not None else None
        return (Waiting(str(required["role"]), holder, people.name(holder)),)
    offers = onward_offers(material, versions, profile, today=today)
    roles: list[str] = []
    if not any(offer.allowed for offer in offers):
        roles = [role for offer in offers for reason in offer.reasons for role in reason.met_by]
    return tuple(people.waiting(roster, role) for role in dict.fromkeys(roles or [ACTS_NEXT[head.place]]))


def _next_due(material: Material, profile: Profile) -> tuple[date | None, str]:
    tasks = [(task["due_on"], _what(task)) for task in material.open_tasks()[:1]]
    timers = [
        (local_date(timer["due_at"], profile.region.zone), str(timer["kind"]))
        for timer in material.of(Timer)
        if timer["state"] == TimerState.LIVE and material.head.is_open
    ]
    return min([*tasks, *timers], key=lambda due: due[0], default=(None, ""))


def _what(task: Row) -> str:
    return str(task["item"] or task["own_title"] or "")
