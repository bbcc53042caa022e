"""Whether enough are present, and whether the bodies before have handled the matter."""

from collections.abc import Mapping

import pytest

from pathways.planning.mandate import is_quorate, missing_before, missing_for_quorum
from pathways.profiles.vocabulary import Role

MEMBER, HEAD = Role.MANAGEMENT_GROUP_MEMBER, Role.HEAD

# roles of those present, the rule, what is missing
QUORUM: list[tuple[list[str], Mapping[Role, int], Mapping[Role, int]]] = [
    ([], {}, {}),
    ([HEAD], {}, {}),
    ([], {MEMBER: 3}, {MEMBER: 3}),
    ([MEMBER, MEMBER], {MEMBER: 3}, {MEMBER: 1}),
    ([MEMBER, MEMBER, HEAD], {MEMBER: 3}, {MEMBER: 1}),
    ([MEMBER, MEMBER, MEMBER], {MEMBER: 3}, {}),
    ([MEMBER] * 7, {MEMBER: 3}, {}),
    ([MEMBER] * 3, {MEMBER: 3, HEAD: 1}, {HEAD: 1}),
    ([MEMBER, MEMBER, HEAD], {MEMBER: 3, HEAD: 1}, {MEMBER: 1}),
    (["management_group_member"] * 3, {MEMBER: 3}, {}),
]


@pytest.mark.parametrize(("present", "rule", "missing"), QUORUM)
def test_a_body_decides_when_as_many_of_each_role_are_there_as_its_rule_says(
    present: list[str], rule: Mapping[Role, int], missing: Mapping[Role, int]
) -> None:
    assert missing_for_quorum(present, rule) == missing
    assert is_quorate(present, rule) == (not missing)


CHAIN = ("ksg", "lg_hs", "hsn")

# order, who has handled it, who asks, whom it waits for
ORDERS: list[tuple[tuple[str, ...], set[str], str | None, tuple[str, ...]]] = [
    ((), set(), None, ()),
    ((), {"ksg"}, "hsn", ()),
    (("hsn",), set(), None, ()),
    (CHAIN, set(), None, ("ksg", "lg_hs")),
    (CHAIN, {"ksg"}, None, ("lg_hs",)),
    (CHAIN, {"lg_hs"}, None, ("ksg",)),
    (CHAIN, {"ksg", "lg_hs"}, None, ()),
    (CHAIN, {"ksg", "lg_hs", "hsn"}, None, ()),
    (CHAIN, set(), "ksg", ()),
    (CHAIN, set(), "lg_hs", ("ksg",)),
    (CHAIN, {"ksg"}, "lg_hs", ()),
    (CHAIN, set(), "hsn", ("ksg", "lg_hs")),
    (CHAIN, {"hsn"}, "rs", ()),
    (CHAIN, {"forskningsberedningen"}, "hsn", ("ksg", "lg_hs")),
]


@pytest.mark.parametrize(("chain", "handled", "body", "missing"), ORDERS)
def test_a_body_waits_for_those_before_it_and_for_nobody_else(
    chain: tuple[str, ...], handled: set[str], body: str | None, missing: tuple[str, ...]
) -> None:
    assert missing_before(chain, handled, body=body) == missing
