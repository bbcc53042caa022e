"""One search finds pathways, open tasks, decisions and people; å is no a, and nobody finds another region's."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.search import MOST, Found, search
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.watching import watched


def find(app: App, words: str, *, with_people: bool = True) -> Found:
    titles = {item.slug: item.title.sv for items in app.profile.checklists.values() for item in items}
    with app.read() as work:
        return search(work, region_id=app.region_id(), words=words, titles=titles, with_people=with_people)


def test_a_pathway_is_found_by_part_of_its_name(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "osteoporos-sekundarprevention", "mapping")
    (found,) = find(either_app, "OSTEO").pathways
    assert (found.slug, found.phase, found.place) == ("osteoporos-sekundarprevention", "gap_analysis", "mapping")


def test_a_pathway_that_was_never_begun_here_is_found_too(app: App) -> None:
    (found,) = find(app, "osteo").pathways
    assert (found.pathway_slug, found.slug) == ("osteoporos-sekundarprevention", "")


def test_of_several_introductions_the_newest_is_shown(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "stopped")
    drive_to(app, clock, "kol", "mapping")
    assert find(app, "kol").pathways[0].place == "mapping"


def test_an_open_task_is_found_by_its_checklists_words_and_by_a_persons_own(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring Älvdalen om enheterna", due_on=driver.today.isoformat(), role="coordinator")
    titles = {str(task.title) for task in find(either_app, "enheterna").tasks}
    assert any("Älvdalen" in title for title in titles)
    assert any("Lista enheterna" in title for title in titles)


def test_a_settled_task_is_not_found(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring Älvdalen", due_on=driver.today.isoformat(), role="coordinator")
    ref = find(app, "älvdalen").tasks[0].ref
    driver.do("complete_task", task=ref, outcome="klart")
    assert find(app, "ring älvdalen").tasks == ()


@pytest.mark.parametrize("words", ["HSN 2021/7", "2021/7", "§ 7", "§7", "hälso- och sjukvårdsnämnden"])
def test_a_decision_is_found_by_register_number_paragraph_and_body(
    either_app: App, clock: SetClock, words: str
) -> None:
    drive_to(either_app, clock, "kol", "executing")
    (found,) = find(either_app, words).decisions
    assert (found.slug, found.register_no, found.outcome) == ("kol", "HSN 2021/7", "adopt")


@pytest.mark.parametrize(
    ("words", "names"),
    [("åsa", ["Åsa Öberg"]), ("ÖBERG", ["Åsa Öberg"]), ("asa", []), ("oberg", []), ("ek", ["Örjan Ek"])],
)
def test_a_person_is_found_by_name_and_letters_are_their_own(app: App, words: str, names: list[str]) -> None:
    assert [one.name for one in find(app, words).people] == names


def test_without_the_right_to_see_people_nobody_is_found_or_named(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring Älvdalen", due_on=driver.today.isoformat(), role="coordinator", person="res")
    assert find(app, "ängström", with_people=False).is_empty
    assert [task.assignee for task in find(app, "ring", with_people=False).tasks] == [None]
    assert [task.assignee for task in find(app, "ring").tasks] == ["Rut Ängström"]


@pytest.mark.parametrize("words", ["", "   ", "finns inte"])
def test_nothing_is_found_for_no_words_and_for_strange_ones(app: App, clock: SetClock, words: str) -> None:
    drive_to(app, clock, "kol", "executing")
    assert find(app, words).is_empty


def test_what_begins_with_the_words_stands_first(app: App) -> None:
    names = [one.name for one in find(app, "ar").pathways]
    assert names[0].casefold().startswith("ar") or not any(name.casefold().startswith("ar") for name in names)


def test_a_group_is_cut_and_says_how_many_are_left_out(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    for number in range(MOST + 3):
        driver.do("create_task", title=f"Ring nummer {number}", due_on=driver.today.isoformat(), role="coordinator")
    found = find(app, "ring nummer")
    assert (len(found.tasks), found.left_out["tasks"]) == (MOST, 3)


def test_another_regions_work_is_not_found(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "executing")
        found = find(app, "kol")
        assert {one.slug for one in found.pathways} == {""}
        assert find(app, "HSN 2021/7").is_empty
        assert len(find(app, "åsa").people) == 1
    finally:
        neighbour.database.dispose()


def test_a_search_is_one_statement(either_app: App, clock: SetClock) -> None:
    either_app.region_id()
    drive_to(either_app, clock, "kol", "executing")
    with watched(either_app) as sent:
        find(either_app, "enheterna")
    assert len(sent) == 1
