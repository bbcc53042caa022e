"""Who looks at a page: a person of one region, with the roles held there and in single introductions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathways.profiles.vocabulary import Role
from pathways.services.policy import VIEWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A logged-in person. `appointed` holds the roles in single introductions, by the introduction's id.

    `task_only` is set for a visit that began with a task's link from a mail: it may do that task and nothing else.
    """

    person_id: int
    slug: str
    name: str
    language: str
    region_id: int
    region_code: str
    region_name: str
    origin: str
    session_id: str
    roles: frozenset[Role]
    appointed: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    task_only: tuple[str, str] | None = None
    has_notices: bool = False
    unread: int = 0
    has_unsent: bool = False

    @property
    def hats(self) -> frozenset[Role]:
        """Return every role the person holds anywhere in the region."""
        return self.roles.union(*self.appointed.values())

    def roles_in(self, introduction_id: int) -> frozenset[Role]:
        """Return the roles that count in one introduction."""
        return self.roles | self.appointed.get(introduction_id, frozenset())

    def may_see(self, view: str) -> bool:
        """Say whether the policy table lets this person open a kind of page."""
        if self.task_only is not None:
            return False
        return bool(VIEWS[view] & self.hats)
