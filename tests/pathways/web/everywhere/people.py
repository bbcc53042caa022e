"""Who knocks at the doors: one person for each role, and those whose role reaches no further than something of theirs.

Names of kinds are used in the table of doors; this says which of the cast each of them is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OURS, THEIRS = "SE-W", "SE-X"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of visitor: the person's short name and region; without a name nobody is logged in."""

    slug: str = ""
    code: str = OURS


KINDS: Mapping[str, Kind] = {
    "anonymous": Kind(),
    "link": Kind(),  # has opened the link of a task's mail, and goes on from there
    "stranger": Kind("frammande"),  # logged in, holds no role
    "given": Kind("mottagare"),  # holds no role, and has been given one task
    "patient": Kind("patient"),  # patient representative
    "reader": Kind("lasare"),  # elected reader
    "unit": Kind("vcf"),  # represents the unit that the doors are about
    "other_unit": Kind("med"),  # represents another unit
    "member": Kind("m1"),  # of the working groups
    "chair": Kind("ordf"),  # of the working groups
    "resource": Kind("res"),  # development resource of the same introductions
    "chair_elsewhere": Kind("annan"),  # chair of another introduction's working group
    "coordinator": Kind("sam"),
    "head": Kind("chef"),
    "manager": Kind("lg"),  # of the management group
    "registrar": Kind("reg"),
    "analyst": Kind("ana"),
    "admin": Kind("adm"),
    "coordinator_x": Kind("sam", THEIRS),  # of another region
    "admin_x": Kind("adm", THEIRS),
}

Kinds = frozenset[str]
NOT_LOGGED_IN = frozenset({"anonymous", "link"})
OF_ANOTHER_REGION = frozenset({"coordinator_x", "admin_x"})
TWINS = {"coordinator": "coordinator_x", "admin": "admin_x"}

EVERYBODY = frozenset(KINDS)
LOGGED_IN = EVERYBODY - NOT_LOGGED_IN - OF_ANOTHER_REGION
STAFF = LOGGED_IN - {"stranger", "given", "patient"}
STEERS = frozenset({"coordinator", "head"})
LEADS = STEERS | {"chair", "resource"}
RANKS = STEERS | {"manager"}
DECIDES = STEERS | {"registrar"}
ADMINISTERS = STEERS | {"admin"}
