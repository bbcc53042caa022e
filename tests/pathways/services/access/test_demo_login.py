"""The demo's people can be picked in a region of example data, and nowhere else."""

from pathways.bootstrap import App
from pathways.models.organisation import Origin, Region
from pathways.services.access.demo_login import list_demo_people
from tests.pathways.services.access.people import change_person, read, write


def pick(app: App, *slugs: str) -> list[str]:
    return [person.slug for person in read(app, lambda work: list_demo_people(work, slugs))]


def test_nobody_can_be_picked_where_the_data_is_real(app: App) -> None:
    assert pick(app, "sam", "res") == []


def test_people_of_example_data_can_be_picked_in_the_given_order(app: App) -> None:
    write(app, lambda work: work.update(Region, {}, {"origin": Origin.DEMO}))
    assert pick(app, "res", "okand", "sam") == ["res", "sam"]


def test_who_has_left_cannot_be_picked(app: App) -> None:
    write(app, lambda work: work.update(Region, {}, {"origin": Origin.DEMO}))
    change_person(app, "res", active=False)
    assert pick(app, "res") == []
