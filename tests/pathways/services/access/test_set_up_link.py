"""The first administrator gets in by a printed link; once somebody has, it takes force."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import AdministratorPresent, LinkUsed, Unknown
from pathways.models.access import LoginWay
from pathways.profiles.vocabulary import Role
from pathways.services.access.login_link import use_link
from pathways.services.access.session import start_session
from pathways.services.access.set_up_link import SetUpLink, make_set_up_link
from pathways.services.set_up_region import NewPerson
from tests.pathways.services.access.people import change_person, person_id, roles, second_region, write

NEW = NewPerson(slug="ny", name="Nina Ny", address="nina@forlopp.example")


def make(app: App, person: NewPerson, *, force: bool = False) -> SetUpLink:
    return write(app, lambda work: make_set_up_link(work, app.region_id(), person, now=app.clock.now(), force=force))


def log_in(app: App, slug: str) -> None:
    someone = person_id(app, slug)
    write(app, lambda work: start_session(work, someone, now=app.clock.now()))


def known(slug: str) -> NewPerson:
    return NewPerson(slug=slug, name="")


def test_somebody_new_is_added_as_administrator_and_let_in(either_app: App, clock: SetClock) -> None:
    made = make(either_app, NEW)
    opened = write(either_app, lambda work: use_link(work, made.token, now=clock.now()))
    assert made.is_new
    assert (opened.person_id, opened.way) == (person_id(either_app, "ny"), LoginWay.SET_UP_LINK)
    assert roles(either_app, "ny") == {Role.ADMIN: False}


def test_somebody_known_gets_the_role_where_it_is_missing(app: App) -> None:
    assert not make(app, known("sam")).is_new
    assert set(roles(app, "sam")) == {Role.COORDINATOR, Role.ADMIN}
    make(app, known("adm"))
    assert set(roles(app, "adm")) == {Role.ADMIN}


def test_somebody_unknown_without_a_name_is_refused_with_the_nearest(app: App) -> None:
    with pytest.raises(Unknown) as refused:
        make(app, known("adn"))
    assert "adm" in refused.value.nearest


def test_somebody_who_has_left_is_not_let_in(app: App) -> None:
    change_person(app, "adm", active=False)
    with pytest.raises(Unknown):
        make(app, known("adm"))


def test_a_second_link_voids_the_first(app: App, clock: SetClock) -> None:
    first = make(app, NEW)
    make(app, NEW)
    with pytest.raises(LinkUsed):
        write(app, lambda work: use_link(work, first.token, now=clock.now()))


def test_once_an_administrator_has_logged_in_it_takes_force(app: App) -> None:
    log_in(app, "sam")
    make(app, NEW)
    log_in(app, "adm")
    with pytest.raises(AdministratorPresent):
        make(app, NEW)
    assert make(app, NEW, force=True)


def test_an_administrator_who_has_left_counts_no_more(app: App) -> None:
    log_in(app, "adm")
    change_person(app, "adm", active=False)
    assert make(app, NEW)


def test_the_administrator_of_another_region_does_not_count(app: App) -> None:
    other = second_region(app)
    log_in(app, "adm")
    made = make(other, NEW)
    other.database.dispose()
    assert made.is_new
