"""What somebody looks after as choices of a form, and the commands that hand what was chosen to somebody else."""

from collections.abc import Collection, Iterator, Mapping

from pathways.profiles.vocabulary import Role
from pathways.queries.held import Held, HeldActivity, HeldRole, HeldTask
from pathways.services.ask import Ask
from pathways.web.forms import Field, Keys, Option
from pathways.web.visit import Visit

Order = tuple[str, str, Mapping[str, object], Ask]
Deed = tuple[str, str, Mapping[str, object]]
TASKS, ROLES, ACTIVITIES = "tasks", "roles", "activities"


def held_fields(visit: Visit, held: Held, chosen: Collection[str] | None) -> list[Field]:
    """Return a question for each kind of thing; everything is chosen before anybody has."""
    groups = {
        TASKS: [Option(value=_key(one), label=_task(visit, one)) for one in held.tasks],
        ROLES: [Option(value=_key(one), label=_role(visit, one)) for one in held.roles],
        ACTIVITIES: [Option(value=_key(one), label=_activity(visit, one)) for one in held.activities],
    }
    return [
        Field(
            name=name,
            label=visit.texts.word("web.admin.held", name),
            kind="checkboxes",
            options=tuple(options),
            value=tuple(one.value for one in options if chosen is None or one.value in chosen),
        )
        for name, options in groups.items()
        if options
    ]


def count_chosen(held: Held, chosen: Collection[str]) -> int:
    """Return how many of the things held were chosen."""
    return sum(_key(one) in chosen for one in _all(held))


def list_orders(
    visit: Visit, held: Held, chosen: Collection[str], *, of: str, to: str, theirs: Held, keys: Keys
) -> list[Order]:
    """Return the commands that hand over what was chosen, in their order; `theirs` is what the other has already."""
    has = {_key(one): one for one in theirs.roles}
    deeds = [
        deed for one in _all(held) if _key(one) in chosen for deed in _deeds(one, has.get(_key(one)), of=of, to=to)
    ]
    return [
        (slug, command, data, visit.ask(Keys(command_id=f"{keys.command_id[:70]}.{number}")))
        for number, (slug, command, data) in enumerate(deeds)
    ]


def _all(held: Held) -> Iterator[HeldTask | HeldRole | HeldActivity]:
    yield from held.roles  # first: whoever gets a task then holds the role that it is told by
    yield from held.tasks
    yield from held.activities


def _key(one: HeldTask | HeldRole | HeldActivity) -> str:
    return f"{one.case.slug}|{one.role if isinstance(one, HeldRole) else one.ref}"


def _deeds(one: HeldTask | HeldRole | HeldActivity, theirs: HeldRole | None, *, of: str, to: str) -> Iterator[Deed]:
    slug = one.case.slug
    match one:
        case HeldTask():
            yield slug, "delegate_task", {"task": one.ref, "to": to}
        case HeldActivity():
            yield slug, "update_activity", {"activity": one.ref, "responsible": to}
        case HeldRole():
            yield from _change_of_role(one, theirs, of=of, to=to)


def _change_of_role(one: HeldRole, theirs: HeldRole | None, *, of: str, to: str) -> Iterator[Deed]:
    """There is one chair at a time: the new one takes the place of the old, who cannot be dismissed then."""
    has = () if theirs is None else theirs.units or ((None, None),)
    for unit, name in one.units or ((None, None),):
        if (unit, name) in has:
            continue
        yield one.case.slug, "appoint", {"person": to, "role": one.role, **({"unit": unit} if unit else {})}
    if one.role != Role.LAG_CHAIR:
        yield one.case.slug, "dismiss", {"person": of, "role": one.role}


def _task(visit: Visit, one: HeldTask) -> str:
    what = visit.formats.title(one.title)
    told = visit.texts.say("web.admin.held.due", what=what, day=visit.formats.day(one.due_on))
    return _at(visit, one.case.pathway, told)


def _role(visit: Visit, one: HeldRole) -> str:
    role = visit.texts.word("role", one.role)
    return _at(visit, one.case.pathway, ", ".join((role, *(name for _unit, name in one.units))))


def _activity(visit: Visit, one: HeldActivity) -> str:
    if one.due_on is None:
        return _at(visit, one.case.pathway, one.title)
    told = visit.texts.say("web.admin.held.due", what=one.title, day=visit.formats.day(one.due_on))
    return _at(visit, one.case.pathway, told)


def _at(visit: Visit, pathway: str, what: str) -> str:
    return visit.texts.say("web.admin.held.at", pathway=pathway, what=what)
