"""Sharing how a gap was closed, and taking it back: by choice, with a role to ask and nobody's details."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import NotAllowed, Refused, Unknown
from pathways.models.administration import RegionEvent
from pathways.profiles.vocabulary import Role
from pathways.queries.national_view import Experience, list_experiences
from pathways.queries.shared import list_own_shared
from pathways.services.national.share_experience import ToShare, share_experience, withdraw_experience
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.national.test_rollout import STEERS, office

_event = table_of(RegionEvent)
GIVEN: dict[str, Any] = {"step": "Kompression", "how": "Vi utbildade alla", "months": 6, "contact_role": "lag_chair"}


@pytest.fixture
def begun(app: App, clock: SetClock) -> App:
    """The region with one introduction."""
    drive_to(app, clock, "kol", "preparation")
    return app


def share(app: App, roles: frozenset[Role] = STEERS, case: int = 1, **more: Any) -> int:  # Any: of an order's fields
    shared = ToShare.model_validate({**GIVEN, **more})
    return app.retry(lambda work: share_experience(office(app, work, roles), case, shared))


def found(app: App, wanted: str = "") -> tuple[Experience, ...]:
    with app.read() as work:
        return list_experiences(work, wanted=wanted)


def test_what_is_shared_is_found_with_its_role_and_no_name(begun: App) -> None:
    share(begun, result="Läkningen tog hälften så lång tid")
    (one,) = found(begun)
    assert (one.region, one.pathway_slug, one.months) == ("Region Dalarna", "kol", 6)
    assert one.contact_role == Role.LAG_CHAIR
    assert not hasattr(one, "shared_by")


@pytest.mark.parametrize(("wanted", "n"), [("kompression UTBILDADE", 1), ("dalarna", 1), ("kompression finns-inte", 0)])
def test_every_word_that_is_searched_for_must_be_there(begun: App, wanted: str, n: int) -> None:
    share(begun)
    assert len(found(begun, wanted)) == n


def test_the_same_shared_twice_is_one(begun: App) -> None:
    assert share(begun) == share(begun)
    assert len(found(begun)) == 1


def test_what_is_taken_back_is_gone_and_can_be_shared_again(begun: App) -> None:
    number = share(begun)
    for _ in range(2):
        begun.retry(lambda work: withdraw_experience(office(begun, work), 1, number))
    assert found(begun) == ()
    with begun.read() as work:
        assert list_own_shared(work, region_id=begun.region_id(), introduction_id=1) == []
        assert work.values(select(_event.c.action)) == ["share_experience", "withdraw_experience"]
    assert share(begun) != number


@pytest.mark.parametrize("more", [{"how": "Fråga anna@region.example"}, {"result": "Patient 121212-1212"}])
def test_somebodys_details_are_refused(begun: App, more: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"error\.looks_personal"):
        share(begun, **more)
    assert found(begun) == ()


def test_only_a_role_that_can_be_asked_is_taken(begun: App) -> None:
    with pytest.raises(Refused, match=r"error\.contact_role"):
        share(begun, contact_role="patient_representative")


@pytest.mark.parametrize("more", [{"step": ""}, {"how": "x"}, {"months": -1}, {"months": 121}, {"contact_role": "Åsa"}])
def test_what_makes_no_sense_is_refused(begun: App, more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        share(begun, **more)


def test_whoever_does_not_lead_shares_nothing(begun: App) -> None:
    with pytest.raises(NotAllowed):
        share(begun, frozenset({Role.ANALYST}))


def test_an_introduction_that_is_not_the_regions_shares_nothing(begun: App) -> None:
    with pytest.raises(Unknown):
        share(begun, case=99)
    number = share(begun)
    with pytest.raises(Unknown):
        begun.retry(lambda work: withdraw_experience(office(begun, work), 99, number))
