"""What no single field of a profile can know: names used twice, names that nothing answers to, matters undecided.

It looks at the file's plain values, so that it finds its faults even where other fields are wrong.
"""

from collections.abc import Iterable, Iterator

from pathways.profiles.vocabulary import CHECKLIST_MOMENTS, CHECKLIST_STATES, DECIDED_MATTERS
from pathways.reading.problems import Flaw, nearest
from pathways.reading.shape import Placed, entries, fields, find_repeated, members
from pathways.reading.tree import Value
from states.commands import Command

SENTENCES = (
    "profile.one_end_only",
    "profile.unknown_state",
    "profile.unknown_command",
    "profile.unknown_body",
    "profile.nobody_decides",
    "profile.chain_end",
    "profile.lead_order",
    "profile.plan_order",
)
"""The sentences that only a profile may need."""

PLACES = (*CHECKLIST_STATES, *CHECKLIST_MOMENTS)


def check_profile(data: Value) -> Iterable[Flaw]:
    """Return every fault that lies between the fields of a profile."""
    return (
        *find_repeated(fields(data, "bodies", "slug")),
        *find_repeated(_items(data, "slug")),
        *find_repeated(_steps_by_body(data)),
        *find_repeated(fields(data, "default_steps", "ref")),
        *_states(data),
        *_commands(data),
        *_bodies(data),
        *_undecided(data),
        *_chains(data),
        *_lead_order(data),
        *_plan_order(data),
    )


def _items(data: Value, field: str) -> Iterator[Placed]:
    """Yield one field of each item of all checklists."""
    checklists = data.get("checklists") if isinstance(data, dict) else None
    for state in checklists if isinstance(checklists, dict) else ():
        for where, value in fields(checklists, state, field):
            yield ("checklists", *where), value


def _steps_by_body(data: Value) -> Iterator[Placed]:
    """Yield each step with each body whose plan has it; the same step may stand once per body."""
    known = [slug for _, slug in fields(data, "bodies", "slug") if isinstance(slug, str)]
    for where, step in entries(data, "backward_plan"):
        if isinstance(step, dict) and isinstance(name := step.get("step"), str):
            only_for = step.get("only_for")
            bodies = only_for if isinstance(only_for, list) and only_for else known
            yield from (((*where, "step"), f"{name} ({body})") for body in bodies)


def _states(data: Value) -> Iterator[Flaw]:
    checklists = data.get("checklists") if isinstance(data, dict) else None
    for state in checklists if isinstance(checklists, dict) else ():
        if state not in PLACES:
            known = nearest(state, PLACES)
            yield Flaw(("checklists", state), "profile.unknown_state", {"given": state, "known": known})


def _commands(data: Value) -> Iterator[Flaw]:
    known = [command.value for command in Command]
    for where, value in members(_items(data, "required_for")):
        if isinstance(value, str) and value not in known:
            yield Flaw(where, "profile.unknown_command", {"given": value, "known": nearest(value, known)})


def _bodies(data: Value) -> Iterator[Flaw]:
    known = [slug for _, slug in fields(data, "bodies", "slug") if isinstance(slug, str)]
    named = (*fields(data, "backward_plan", "body"), *fields(data, "backward_plan", "only_for"), *_links(data))
    for where, value in members(named):
        if isinstance(value, str) and value not in known:
            yield Flaw(where, "profile.unknown_body", {"given": value, "known": nearest(value, known)})


def _undecided(data: Value) -> Iterator[Flaw]:
    decided = [matter for _, matter in members(fields(data, "bodies", "decides"))]
    for matter in DECIDED_MATTERS:
        if matter.value not in decided:
            yield Flaw(("bodies",), "profile.nobody_decides", {"matter": matter.value})


def _links(data: Value) -> Iterator[Placed]:
    """Yield the order of bodies of each matter."""
    chains = data.get("chains") if isinstance(data, dict) else None
    for matter, chain in chains.items() if isinstance(chains, dict) else ():
        yield ("chains", str(matter)), chain


def _chains(data: Value) -> Iterator[Flaw]:
    """Find orders of bodies that name one twice, or whose last body does not decide the matter."""
    bodies = [body for _, body in entries(data, "bodies") if isinstance(body, dict)]
    mandates = {body["slug"]: body for body in bodies if isinstance(body.get("slug"), str)}
    for where, chain in _links(data):
        if not isinstance(chain, list) or not chain:
            continue
        yield from find_repeated(members([(where, chain)]))
        last = mandates.get(chain[-1])
        decides = last.get("decides") if last is not None else None
        if last is not None and where[-1] not in (decides if isinstance(decides, list) else ()):
            values = {"given": str(chain[-1]), "matter": str(where[-1])}
            yield Flaw((*where, len(chain) - 1), "profile.chain_end", values)


def _lead_order(data: Value) -> Iterator[Flaw]:
    """Find bodies whose papers would be due after the committee has met, or the committee after the summons."""
    for where, lead in fields(data, "bodies", "lead"):
        parts = [lead.get(key) for key in ("summons", "committee", "hand_in")] if isinstance(lead, dict) else []
        days = [part for part in parts if isinstance(part, int)]
        if len(days) == 3 and days != sorted(days):
            yield Flaw(where, "profile.lead_order")


def _plan_order(data: Value) -> Iterator[Flaw]:
    """Find steps listed after one that ends later; the list is the order of the work."""
    last: dict[tuple[str, ...], int] = {}
    for where, step in entries(data, "backward_plan"):
        days = step.get("ends_days_before") if isinstance(step, dict) else None
        if not isinstance(step, dict) or not isinstance(days, int):
            continue
        only_for = step.get("only_for")
        names = tuple(sorted(str(slug) for slug in only_for)) if isinstance(only_for, list) else ()
        if days > last.get(names, days):
            yield Flaw((*where, "ends_days_before"), "profile.plan_order", {"given": days, "n": last[names]})
        last[names] = days
