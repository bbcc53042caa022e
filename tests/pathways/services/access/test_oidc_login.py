"""Whom the region's login service vouches for comes in as the person we know, with the roles that groups give."""

import pytest

from pathways.bootstrap import App
from pathways.errors import LoginRefused
from pathways.models.access import OidcGroup
from pathways.profiles.vocabulary import Role
from pathways.services.access.oidc_login import NO_GROUP, UNKNOWN_PERSON, Vouched, admit, follow_groups
from pathways.services.access.session import find_session, start_session
from tests.pathways.services.access.people import (
    change_person,
    give_role,
    person_id,
    read,
    roles,
    second_region,
    write,
)

ISSUER = "https://inloggning.example"


def vouched(subject: str = "s-1", address: str = "res@forlopp.example", *groups: str) -> Vouched:
    return Vouched(issuer=ISSUER, subject=subject, address=address, groups=frozenset(groups))


def come(app: App, who: Vouched) -> int:
    write(app, lambda work: follow_groups(work, who, now=app.clock.now()))
    return write(app, lambda work: admit(work, who, now=app.clock.now()))


def refusal(app: App, who: Vouched) -> str:
    with pytest.raises(LoginRefused) as refused:
        come(app, who)
    return refused.value.sentence


def know_group(app: App, name: str, role: Role | None) -> None:
    write(app, lambda work: work.insert_one(OidcGroup, {"region_id": app.region_id(), "name": name, "role": role}))


def test_a_verified_address_is_enough_the_first_time(either_app: App) -> None:
    assert come(either_app, vouched()) == person_id(either_app, "res")


def test_afterwards_the_services_own_id_is_what_counts(app: App) -> None:
    come(app, vouched())
    assert come(app, vouched(address="nytt.namn@forlopp.example")) == person_id(app, "res")


def test_without_a_verified_address_nobody_is_known(app: App) -> None:
    assert refusal(app, vouched(address="")) == UNKNOWN_PERSON


def test_an_address_that_passed_to_somebody_else_lets_nobody_in(app: App) -> None:
    come(app, vouched("the one who had it"))
    assert refusal(app, vouched("the one who has it now")) == UNKNOWN_PERSON


def test_an_address_that_two_people_have_names_neither(app: App) -> None:
    change_person(app, "m1", address="res@forlopp.example")
    assert refusal(app, vouched()) == UNKNOWN_PERSON


def test_an_address_in_two_regions_names_neither(app: App) -> None:
    second_region(app).database.dispose()
    assert refusal(app, vouched()) == UNKNOWN_PERSON


@pytest.mark.parametrize("first", [True, False])
def test_who_has_left_is_unknown(app: App, *, first: bool) -> None:
    if not first:
        come(app, vouched())
    change_person(app, "res", active=False)
    assert refusal(app, vouched()) == UNKNOWN_PERSON


def test_the_same_id_at_another_service_is_somebody_else(app: App) -> None:
    come(app, vouched())
    other = Vouched(issuer="https://annan.example", subject="s-1", address="")
    assert refusal(app, other) == UNKNOWN_PERSON


def test_groups_give_roles(either_app: App) -> None:
    know_group(either_app, "forlopp-analys", Role.ANALYST)
    know_group(either_app, "forlopp-analys", Role.REGISTRAR)
    come(either_app, vouched("s-1", "res@forlopp.example", "forlopp-analys", "kantin"))
    assert roles(either_app, "res") == {Role.ANALYST: True, Role.REGISTRAR: True}


def test_a_role_goes_with_its_group(app: App) -> None:
    know_group(app, "analys", Role.ANALYST)
    know_group(app, "alla", None)
    come(app, vouched("s-1", "res@forlopp.example", "analys", "alla"))
    come(app, vouched("s-1", "res@forlopp.example", "alla"))
    assert roles(app, "res") == {}


def test_a_role_given_by_hand_stays_whatever_groups_say(app: App) -> None:
    know_group(app, "analys", Role.ANALYST)
    know_group(app, "alla", None)
    give_role(app, "res", Role.ANALYST)
    come(app, vouched("s-1", "res@forlopp.example", "analys"))
    come(app, vouched("s-1", "res@forlopp.example", "alla"))
    assert roles(app, "res") == {Role.ANALYST: False}


def test_who_is_in_no_known_group_is_refused(app: App) -> None:
    know_group(app, "analys", Role.ANALYST)
    assert refusal(app, vouched("s-1", "res@forlopp.example", "kantin")) == NO_GROUP


def test_who_lost_the_last_group_loses_roles_and_sessions_at_the_next_try(app: App) -> None:
    know_group(app, "analys", Role.ANALYST)
    someone = come(app, vouched("s-1", "res@forlopp.example", "analys"))
    token = write(app, lambda work: start_session(work, someone, now=app.clock.now()))
    assert refusal(app, vouched()) == NO_GROUP
    assert roles(app, "res") == {}
    assert read(app, lambda work: find_session(work, token, now=app.clock.now())) is None


def test_a_region_without_groups_leaves_roles_to_its_administrators(app: App) -> None:
    give_role(app, "res", Role.ANALYST)
    come(app, vouched("s-1", "res@forlopp.example", "kantin"))
    assert roles(app, "res") == {Role.ANALYST: False}


def test_a_group_of_another_region_gives_nothing_here(app: App) -> None:
    other = second_region(app)
    know_group(other, "analys", Role.ANALYST)
    other.database.dispose()
    change_person(app, "res", address="bara.har@forlopp.example")
    come(app, vouched("s-1", "bara.har@forlopp.example", "analys"))
    assert roles(app, "res") == {}
