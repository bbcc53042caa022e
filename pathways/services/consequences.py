"""What follows whenever an introduction's position has changed: tasks, timers, and word of a new phase.

Every command ends here, so that no command can forget any of it.
"""

from pathways.services import announce, tasks, timers
from pathways.services.case import Case
from pathways.services.loops import skip_passed
from states.snapshot import Phase, Standing, phase_of, standing_of

PENDULUM = frozenset({Phase.IMPLEMENTATION, Phase.LEARNING})


def settle(case: Case) -> None:
    """Bring tasks and timers in line with the position the command led to, and announce a new phase.

    Timers are looked at even where the position stayed, since a use case may have changed what they follow from.
    """
    if case.moved:
        waiting = tasks.withdraw(case)
        if case.steps and _begins("executing", case):
            skip_passed(case)
        tasks.make_checklist(case, case.entered(), waiting=waiting)
        _announce_phase(case)
    if case.moved or case.touched & timers.SOURCES:
        timers.reconcile(case)


def _begins(state: str, case: Case) -> bool:
    return state in case.snapshot.configuration and state not in case.before.configuration


def _announce_phase(case: Case) -> None:
    """Tell of a new phase; the swing between carrying out and learning, a pause and a start are told otherwise."""
    before, after = phase_of(case.before), phase_of(case.snapshot)
    if case.is_new or after in (None, before) or {before, after} == PENDULUM:
        return
    if standing_of(case.before) is Standing.ACTIVE is standing_of(case.snapshot):
        announce.phase_reached(case, case.roster)
