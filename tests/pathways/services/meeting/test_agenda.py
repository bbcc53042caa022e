"""An agenda is made item by item: what may stand on it, when it is too late, and in which order."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import NotAllowed, Refused, Unknown
from pathways.models.meeting import AgendaItem, ItemKind, Minutes, MinutesState, Outcome
from pathways.profiles.vocabulary import Matter, Role
from pathways.services.meeting.change_item import change_item
from pathways.services.meeting.move_item import move_item
from pathways.services.meeting.withdraw_item import withdraw_item
from tests.pathways.drive import drive_to
from tests.pathways.services.meeting.stage import (
    BODY,
    OTHER,
    act,
    add,
    items_at,
    meetings_of,
    order,
    region_log,
    second_meeting,
)


def decided(app: App, item_id: int) -> None:
    with app.write() as work:
        work.update(AgendaItem, {"id": item_id}, {"outcome": Outcome.NOTE})
        work.commit()


def approved(app: App, held_on: date) -> None:
    meeting = next(row for row in meetings_of(app, BODY) if row["held_on"] == held_on)
    with app.write() as work:
        key = {"meeting_id": meeting["id"], "region_id": app.region_id()}
        work.insert(Minutes, [{**key, "state": MinutesState.APPROVED, "approver_ids": []}])
        work.commit()


def test_items_stand_in_the_order_they_were_added(app: App) -> None:
    day = second_meeting(app)
    for title in ("Första", "Andra", "Tredje"):
        add(app, order(title), held_on=day)
    assert [(row["position"], row["title"]) for row in items_at(app, day)] == [
        (1, "Första"),
        (2, "Andra"),
        (3, "Tredje"),
    ]


def test_an_item_has_its_presenter_time_and_introduction(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    day = second_meeting(app)
    add(app, order(introduction="kol", presenter="chef", starts_at="9.30".zfill(5), minutes=20), held_on=day)
    (row,) = items_at(app, day)
    assert (row["starts_at"], row["minutes"]) == ("09:30", 20)
    assert row["presenter_id"] is not None
    assert row["introduction_id"] is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "x"},
        {"title": "Bra titel", "starts_at": "25:00"},
        {"title": "Bra titel", "starts_at": "nio"},
        {"title": "Bra titel", "starts_at": "09:30", "minutes": 0},
        {"title": "Bra titel", "matter": "vad som helst"},
    ],
)
def test_an_item_that_cannot_be_understood_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        order(**wrong)  # type: ignore[arg-type]  # wrong on purpose


MANDATES = [
    (BODY, Matter.RANKING, True),
    (BODY, Matter.APPOINTMENT, True),
    (BODY, Matter.PLAN, True),  # on the way to the board
    (BODY, Matter.RESPONSE, False),
    ("ksg", Matter.RANKING, False),
    (OTHER, Matter.PLAN, True),
    (OTHER, Matter.RESPONSE, False),
    (OTHER, Matter.PROGRESS, False),  # nobody decides it
]


@pytest.mark.parametrize(("body", "matter", "may"), MANDATES)
def test_a_body_decides_only_what_it_may_and_the_refusal_names_those_that_do(
    app: App, body: str, matter: Matter, may: bool
) -> None:
    day = second_meeting(app, body)
    item = order(kind=ItemKind.DECISION, matter=matter)
    if may:
        assert add(app, item, held_on=day, body=body)
        return
    with pytest.raises(Refused) as refusal:
        add(app, item, held_on=day, body=body)
    assert refusal.value.sentence == "error.no_mandate"
    deciding = {one.slug for one in app.profile.bodies_deciding(matter)}
    assert deciding <= set(str(refusal.value.values["bodies"]).split(", ")) | {""}


def test_what_is_only_talked_about_needs_no_mandate(app: App) -> None:
    assert add(app, order(matter=Matter.RESPONSE), held_on=second_meeting(app))


def test_a_decision_about_an_introduction_says_its_matter(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    with pytest.raises(Refused, match="item_needs_matter"):
        add(app, order(kind=ItemKind.DECISION, introduction="kol"), held_on=second_meeting(app))
    assert add(app, order(kind=ItemKind.DECISION), held_on=second_meeting(app))


def test_after_the_hand_in_day_the_next_possible_meeting_is_offered(app: App, clock: SetClock) -> None:
    day = second_meeting(app)
    meetings = meetings_of(app, BODY)
    hand_in = next(row["hand_in_on"] for row in meetings if row["held_on"] == day)
    clock.set(clock.now() + (hand_in - clock.now().date()))
    assert add(app, order("På sista dagen"), held_on=day)
    clock.set(clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="hand_in_past") as refusal:
        add(app, order("Dagen efter"), held_on=day)
    following = next(row["held_on"] for row in meetings if row["hand_in_on"] > hand_in)
    assert refusal.value.values["next"] == following.isoformat()
    assert len(items_at(app, day)) == 1


def test_a_late_item_is_let_in_with_a_reason_that_the_regions_log_keeps(app: App, clock: SetClock) -> None:
    day = second_meeting(app)
    clock.set(clock.now() + (day - clock.now().date()))
    add(app, order(), held_on=day, although_late="Ministern ringde i morse.")
    (event,) = region_log(app, "add_item")
    assert event["values"]["late_reason"] == "Ministern ringde i morse."
    assert event["subject"] == f"{BODY}/{day.isoformat()}"


def test_an_item_in_time_leaves_no_reason_in_the_log(app: App) -> None:
    add(app, order(), held_on=second_meeting(app), although_late="Onödigt.")
    (event,) = region_log(app, "add_item")
    assert "late_reason" not in event["values"]


def test_the_presenter_is_somebody_of_the_region(app: App) -> None:
    with pytest.raises(Unknown) as refusal:
        add(app, order(presenter="cheff"), held_on=second_meeting(app))
    assert "chef" in refusal.value.nearest


def test_the_same_title_twice_is_refused_so_that_pressing_twice_adds_nothing(app: App) -> None:
    day = second_meeting(app)
    add(app, order("Läget"), held_on=day)
    with pytest.raises(Refused, match="item_known"):
        add(app, order("LÄGET"), held_on=day)


def test_a_meeting_that_nobody_has_written_is_refused_with_the_nearest(app: App) -> None:
    with pytest.raises(Unknown) as refusal:
        add(app, order(), held_on=second_meeting(app) + timedelta(days=1))
    assert refusal.value.nearest


@pytest.mark.parametrize("roles", [frozenset({Role.ANALYST}), frozenset({Role.MANAGEMENT_GROUP_MEMBER})])
def test_only_those_who_keep_agendas_change_them(app: App, roles: frozenset[Role]) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    with pytest.raises(NotAllowed):
        act(app, lambda office: move_item(office, BODY, held_on=day, item_id=item, place=1), roles=roles)
    with pytest.raises(NotAllowed):
        act(app, lambda office: withdraw_item(office, BODY, held_on=day, item_id=item), roles=roles)


PLACES = [(1, 3, "bca"), (3, 1, "cab"), (2, 1, "bac"), (1, 1, "abc"), (1, 99, "bca"), (3, -4, "cab")]


@pytest.mark.parametrize(("which", "place", "after"), PLACES)
def test_an_item_takes_its_place_and_the_others_close_up(either_app: App, which: int, place: int, after: str) -> None:
    app = either_app
    day = second_meeting(app)
    ids = [add(app, order(letter * 3), held_on=day) for letter in "abc"]
    act(app, lambda office: move_item(office, BODY, held_on=day, item_id=ids[which - 1], place=place))
    assert "".join(row["title"][0] for row in items_at(app, day)) == after
    assert [row["position"] for row in items_at(app, day)] == [1, 2, 3]


def test_an_item_is_changed_and_the_log_says_which_fields(app: App) -> None:
    day, profile = second_meeting(app), app.profile
    item = add(app, order("Första", presenter="chef"), held_on=day)
    changed = order("Andra", kind=ItemKind.INFORMATION)
    act(app, lambda office: change_item(office, BODY, changed, held_on=day, item_id=item, profile=profile))
    (row,) = items_at(app, day)
    assert (row["title"], row["kind"], row["presenter_id"]) == ("Andra", "information", None)
    assert region_log(app, "change_item")[0]["values"]["fields"] == ["kind", "presenter_id", "title"]


def test_a_withdrawn_item_keeps_its_day_and_is_changed_no_more(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    act(app, lambda office: withdraw_item(office, BODY, held_on=day, item_id=item))
    assert items_at(app, day) == []
    assert items_at(app, day, withdrawn=True)[0]["withdrawn_on"] == date(2021, 6, 9)
    with pytest.raises(Unknown):
        act(app, lambda office: move_item(office, BODY, held_on=day, item_id=item, place=1))


def test_a_decided_item_stays_as_it_was_decided(app: App) -> None:
    day, profile = second_meeting(app), app.profile
    item = add(app, order(), held_on=day)
    decided(app, item)
    with pytest.raises(Refused, match="item_decided"):
        act(
            app,
            lambda office: change_item(office, BODY, order("Nytt namn"), held_on=day, item_id=item, profile=profile),
        )
    with pytest.raises(Refused, match="item_decided"):
        act(app, lambda office: withdraw_item(office, BODY, held_on=day, item_id=item))


def test_after_the_minutes_are_approved_nothing_changes(app: App) -> None:
    day = second_meeting(app)
    item = add(app, order(), held_on=day)
    approved(app, day)
    for change in (
        lambda office: move_item(office, BODY, held_on=day, item_id=item, place=1),
        lambda office: withdraw_item(office, BODY, held_on=day, item_id=item),
    ):
        with pytest.raises(Refused, match="minutes_approved"):
            act(app, change)
    with pytest.raises(Refused, match="minutes_approved"):
        add(app, order("Ett till"), held_on=day)


def test_a_length_needs_a_time_to_begin(app: App) -> None:
    with pytest.raises(Refused, match="slot_without_start"):
        add(app, order(minutes=20), held_on=second_meeting(app))
