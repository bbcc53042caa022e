"""A task's link opens that task, as that person, for two weeks, once; it cannot be bent to open anything else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import LinkExpired, LinkUnknown, LinkUsed, PathwaysError
from pathways.models.introduction import Introduction
from pathways.services.access.task_link import LIFE, TaskLink, make_task_link, open_task_link, use_task_link
from pathways.services.access.token import encode, find_bytes
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.access.people import (
    OTHER,
    SECRET,
    change_person,
    person_id,
    read,
    rows,
    second_region,
    write,
)

_introduction = table_of(Introduction)


@pytest.fixture
def begun(either_app: App, clock: SetClock) -> App:
    """An introduction of KOL that stands in preparation."""
    drive_to(either_app, clock, "kol", "preparation")
    return either_app


def introduction_id(app: App, slug: str = "kol") -> int:
    query = select(_introduction.c.id).where(_introduction.c.region_id == app.region_id(), _introduction.c.slug == slug)
    return int(rows(app, query.order_by(_introduction.c.number.desc()))[0]["id"])


def make(app: App, person: str = "sam", *, ref: str = "1.2", code: str = "SE-W") -> str:
    return make_task_link(
        secret=SECRET,
        person_id=person_id(app, person, code),
        introduction_id=introduction_id(app),
        ref=ref,
        made_at=app.clock.now(),
    )


def open_it(app: App, token: str, secret: bytes = SECRET) -> TaskLink:
    return read(app, lambda work: open_task_link(work, token, secret=secret, now=app.clock.now()))


def refusal(app: App, token: str, secret: bytes = SECRET) -> type[PathwaysError]:
    with pytest.raises(PathwaysError) as refused:
        open_it(app, token, secret)
    return refused.type


def test_a_link_opens_one_task_as_one_person(begun: App) -> None:
    link = open_it(begun, make(begun))
    assert (link.person, link.slug, link.ref, link.region_code) == ("sam", "kol", "1.2", "SE-W")
    assert link.person_id == person_id(begun, "sam")
    assert link.expires_at <= begun.clock.now() + LIFE


def test_making_a_link_leaves_nothing_and_gives_the_same_one_again(begun: App) -> None:
    assert make(begun) == make(begun)
    assert make(begun) != make(begun, "chef")
    assert make(begun) != make(begun, ref="1.3")


def test_a_link_works_for_two_weeks(begun: App, clock: SetClock) -> None:
    token = make(begun)
    clock.set(clock.now() + LIFE - timedelta(minutes=2))
    assert open_it(begun, token)
    clock.set(clock.now() + timedelta(minutes=2))
    assert refusal(begun, token) is LinkExpired


def test_a_link_is_used_once(begun: App) -> None:
    token = make(begun)
    link = open_it(begun, token)
    write(begun, lambda work: use_task_link(work, token, link, now=begun.clock.now()))
    assert refusal(begun, token) is LinkUsed
    with pytest.raises(LinkUsed):
        write(begun, lambda work: use_task_link(work, token, link, now=begun.clock.now()))


def test_opening_a_link_does_not_use_it(begun: App) -> None:
    token = make(begun)
    assert open_it(begun, token) == open_it(begun, token)


def test_the_command_of_a_link_has_one_id(begun: App) -> None:
    token = make(begun)
    assert open_it(begun, token).command_id == open_it(begun, token).command_id
    assert open_it(begun, token).command_id != open_it(begun, make(begun, "chef")).command_id


def test_a_link_cannot_be_changed(begun: App) -> None:
    data = find_bytes(make(begun))
    assert data is not None
    for place in range(len(data)):
        bent = bytes(byte ^ (1 if at == place else 0) for at, byte in enumerate(data))
        assert refusal(begun, encode(bent)) is LinkUnknown


@pytest.mark.parametrize("wrong", ["", "a", "a" * 62, "ö"])
def test_a_link_that_nobody_signed_is_unknown(begun: App, wrong: str) -> None:
    assert refusal(begun, wrong) is LinkUnknown


def test_another_installations_link_is_unknown(begun: App) -> None:
    assert refusal(begun, make(begun), b"another secret") is LinkUnknown


def test_a_link_of_somebody_who_has_left_is_unknown(begun: App) -> None:
    token = make(begun)
    change_person(begun, "sam", active=False)
    assert refusal(begun, token) is LinkUnknown


def test_a_link_never_opens_a_task_of_another_region(begun: App) -> None:
    other = second_region(begun)
    token = make(begun, code=OTHER)
    other.database.dispose()
    assert refusal(begun, token) is LinkUnknown


def test_a_link_does_not_reach_the_introduction_that_followed(begun: App, clock: SetClock) -> None:
    token = make(begun)
    drive_to(begun, clock, "kol", "stopped")
    drive_to(begun, clock, "kol", "preparation")
    assert refusal(begun, token) is LinkExpired
