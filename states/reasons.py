"""A reason: one sentence that tells a person what stands in the way, who can meet it, and where.

It holds the sentence's id and values only; the words, in Swedish and English, belong to the catalogues of `pathways`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Who can meet a reason."""

    COORDINATOR = "coordinator"
    HEAD = "head"
    LAG_CHAIR = "lag_chair"
    LAG_MEMBER = "lag_member"
    DEVELOPMENT_RESOURCE = "development_resource"
    UNIT_REPRESENTATIVE = "unit_representative"
    MANAGEMENT_GROUP_MEMBER = "management_group_member"
    REGISTRAR = "registrar"
    ANALYST = "analyst"


class Place(StrEnum):
    """Where in the product a reason is met."""

    HERE = ""  # in the command itself: nothing to look up, something to add or to choose
    PEOPLE = "people"
    GAP = "gap"
    PLAN = "plan"
    DECISIONS = "decisions"
    RESPONSE = "response"
    TASKS = "tasks"
    CATALOGUE = "catalogue"
    LOOP = "loop"
    CELEBRATION = "celebration"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a command is refused: a sentence with its values, and the way to meet it.

    `values` fill the sentence's placeholders; a value named "n" chooses between singular and plural.
    `met_by` is empty and `place` is "" when only the person who gives the command can do something about it.
    """

    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    met_by: tuple[str, ...] = ()
    place: str = Place.HERE
