"""Who belongs to a body: given and taken by an administrator, and never a way to become one."""

import pytest

from pathways.bootstrap import App
from pathways.errors import NotAllowed, Refused, Unknown
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.services.meeting.membership import add_member, remove_member
from pathways.services.members import members_of, roles_present
from tests.pathways.services.meeting.stage import BODY, act, join, meetings_of

ADMIN = frozenset({Role.ADMIN})


def joined(app: App, body: str, person: str, role: Role = Role.HEAD) -> None:
    act(app, lambda office: add_member(office, body, person=person, role=role), by="adm", roles=ADMIN)


def names(app: App, body: str, kind: str) -> list[tuple[str, tuple[Role, ...]]]:
    body_id = meetings_of(app, body)[0]["body_id"]

    def read(office: Office) -> list[tuple[str, tuple[Role, ...]]]:
        members = members_of(office.work, region_id=office.region_id, body_id=body_id, kind=kind)
        return [(member.slug, member.roles) for member in members]

    return act(app, read)


def test_a_member_is_given_a_role_in_the_body_and_loses_it(app: App) -> None:
    joined(app, "ksg", "chef")
    assert names(app, "ksg", "preparatory_group") == [("chef", (Role.HEAD,))]
    act(app, lambda office: remove_member(office, "ksg", person="chef"), by="adm", roles=ADMIN)
    assert names(app, "ksg", "preparatory_group") == []


def test_the_management_group_has_its_members_by_their_role_in_the_region(app: App) -> None:
    assert names(app, BODY, "management_group") == [("lg", (Role.MANAGEMENT_GROUP_MEMBER,))]
    assert names(app, "hsn", "political_board") == []


def test_somebody_with_two_roles_is_one_member(app: App) -> None:
    joined(app, BODY, "lg")
    join(app, "ana", BODY, Role.ANALYST)
    assert dict(names(app, BODY, "management_group"))["lg"] == (Role.HEAD, Role.MANAGEMENT_GROUP_MEMBER)


def test_a_quorum_is_counted_by_the_roles_of_those_who_are_there(app: App) -> None:
    join(app, "chef", BODY)
    body_id = meetings_of(app, BODY)[0]["body_id"]

    def read(office: Office) -> list[Role]:
        key = {"region_id": office.region_id, "body_id": body_id}
        members = members_of(office.work, **key, kind="management_group")
        return roles_present(members, [members[0].person_id])

    assert act(app, read) == [Role.MANAGEMENT_GROUP_MEMBER]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LAG_CHAIR, Role.PATIENT_REPRESENTATIVE])
def test_a_body_has_no_administrators_and_no_roles_of_one_introduction(app: App, role: Role) -> None:
    with pytest.raises(Refused, match="role_not_in_body"):
        joined(app, "ksg", "chef", role)


def test_what_does_not_fit_is_refused(app: App) -> None:
    joined(app, "ksg", "chef")
    with pytest.raises(Refused, match="member_known"):
        joined(app, "ksg", "chef")
    with pytest.raises(Unknown):
        joined(app, "gks", "chef")
    with pytest.raises(Unknown):
        joined(app, "ksg", "cheff")
    with pytest.raises(Refused, match="member_by_role"):
        act(app, lambda office: remove_member(office, BODY, person="lg"), by="adm", roles=ADMIN)


def test_only_an_administrator_gives_roles(app: App) -> None:
    with pytest.raises(NotAllowed):
        act(app, lambda office: add_member(office, "ksg", person="sam", role=Role.HEAD))
    with pytest.raises(NotAllowed):
        act(app, lambda office: remove_member(office, BODY, person="lg"))
