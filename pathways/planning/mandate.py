"""Whether a body may decide: enough members are there, and the bodies before it have handled the matter."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

R = TypeVar("R", bound=str)
"""A role, as the profile spells it."""


def missing_for_quorum(present_roles: Iterable[str], rule: Mapping[R, int]) -> dict[R, int]:
    """Return how many more are needed, by role; `present_roles` has one entry for each person and role present."""
    present = list(present_roles)
    short = {role: needed - present.count(role) for role, needed in rule.items()}
    return {role: more for role, more in short.items() if more > 0}


def is_quorate(present_roles: Iterable[str], rule: Mapping[R, int]) -> bool:
    """Say whether enough are present; a body without a rule always is."""
    return not missing_for_quorum(present_roles, rule)


def missing_before(chain: Sequence[str], handled: Collection[str], *, body: str | None = None) -> tuple[str, ...]:
    """Return the bodies that must handle the matter before `body` and have not, in order.

    Without `body` it is the last one, which decides. A body that is not in the chain waits for nobody.
    """
    if not chain or (body is not None and body not in chain):
        return ()
    before = chain[: len(chain) - 1 if body is None else chain.index(body)]
    return tuple(one for one in before if one not in handled)
