"""Freezing: once by the clock, whenever by a person, unchangeable, with its hash logged and a mail to each member."""

from datetime import date, time, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import ClockWentBack, NotAllowed, Refused
from pathways.models.administration import RegionEvent
from pathways.models.organisation import Body, Meeting, Person
from pathways.models.pack import Pack, PackFile
from pathways.planning.instants import local_instant
from pathways.profiles.vocabulary import Role
from pathways.queries.pack.build import build_text
from pathways.services.administration.office import Office
from pathways.services.clockwork.heartbeat import SWEEP, beat
from pathways.services.pack.due import pack_due_at
from pathways.services.pack.freeze import Frozen, freeze_by_hand
from pathways.services.pack.freeze_due import freeze_due_packs
from pathways.services.verify import verify
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.packing import Scene, meeting_of, set_scene
from tests.pathways.services.judge import told

_event, _person, _meeting, _body = (table_of(row) for row in (RegionEvent, Person, Meeting, Body))


@pytest.fixture
def scene(app: App, clock: SetClock) -> Scene:
    """A region with a meeting ahead."""
    return set_scene(app, clock)


def by_hand(scene: Scene, *, role: Role = Role.COORDINATOR, number: int | None = None) -> Frozen:
    """Freezes as Sara Åkesson."""
    with scene.app.write() as work:
        person = int(work.value(select(_person.c.id).where(_person.c.slug == "sam")))
        office = Office(
            work=work,
            region_id=scene.app.region_id(),
            actor_id=person,
            roles=frozenset({role}),
            today=scene.waiting.today,
        )
        done = freeze_by_hand(office, scene.meeting, profile=scene.app.profile, build=build_text, number=number)
        work.commit()
    return done


def by_clock(scene: Scene) -> int:
    """Lets the clock freeze what is due, and gives how many of this meeting there are then."""
    freeze_due_packs(scene.app, now=scene.clock.now(), build=build_text)
    return len(own(scene))


def own(scene: Scene) -> list[Row]:
    """The packs of this meeting."""
    return [row for row in scene.rows() if row["meeting_id"] == scene.meeting.meeting_id]


def logged(scene: Scene) -> list[Row]:
    """What the region's log says of packs."""
    with scene.app.read() as work:
        return work.rows(select(_event).where(_event.c.action == "freeze_pack").order_by(_event.c.id))


def due_at(scene: Scene) -> None:
    """Moves the clock to when the pack is due."""
    scene.clock.set(pack_due_at(scene.day, scene.app.profile))


def test_a_pack_is_its_text_with_the_hash_of_it(scene: Scene) -> None:
    frozen = scene.freeze()
    row = scene.rows()[0]
    assert sha256(row["content"].encode()).hexdigest() == row["sha256"] == frozen.sha256
    assert (row["number"], row["frozen_by"], row["frozen_at"]) == (1, None, scene.clock.now())


def test_the_hash_stands_in_the_regions_log_and_the_clock_is_nobody(scene: Scene) -> None:
    frozen = scene.freeze()
    by_hand(scene)
    first, second = logged(scene)
    assert (first["actor_id"], first["subject"]) == (None, f"hsn/{scene.day}")
    assert first["values"] == {"number": 1, "sha256": frozen.sha256}
    assert second["actor_id"] is not None


def test_freezing_again_gives_the_next_number_and_leaves_the_first_as_it_was(scene: Scene) -> None:
    scene.freeze()
    first = scene.rows()[0]
    scene.clock.set(scene.clock.now() + timedelta(days=1))
    scene.waiting.do("pause", reason="Pandemi", until_on=(scene.day + timedelta(days=90)).isoformat())
    scene.freeze()
    rows = scene.rows()
    assert ([row["number"] for row in rows], rows[0]) == ([1, 2], first)
    assert rows[1]["content"] != first["content"]


def test_pressing_twice_freezes_once(scene: Scene) -> None:
    by_hand(scene, number=1)
    with pytest.raises(Refused) as refused:
        by_hand(scene, number=1)
    assert (refused.value.sentence, len(scene.rows())) == ("error.pack_frozen_meanwhile", 1)


@pytest.mark.parametrize("role", [Role.HEAD, Role.LAG_CHAIR, Role.MANAGEMENT_GROUP_MEMBER, Role.ADMIN])
def test_only_coordinator_and_registrar_freeze(scene: Scene, role: Role) -> None:
    with pytest.raises(NotAllowed):
        by_hand(scene, role=role)
    assert scene.rows() == []


def test_on_the_day_of_the_meeting_it_can_still_be_frozen_and_the_day_after_not(scene: Scene) -> None:
    scene.waiting.go_to(scene.day)
    by_hand(scene)
    scene.waiting.go_to(scene.day + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        by_hand(scene)
    assert refused.value.sentence == "error.pack_meeting_over"


def test_no_pack_is_frozen_for_a_meeting_that_was_cancelled(scene: Scene) -> None:
    with scene.app.write() as work:
        work.connection.execute(
            update(_meeting).where(_meeting.c.id == scene.meeting.meeting_id).values(cancelled=True)
        )
        work.commit()
    cancelled = Scene(scene.app, scene.clock, scene.waiting, scene.learning, meeting_of(scene.app, "hsn", scene.day))
    with pytest.raises(Refused) as refused:
        cancelled.freeze()
    assert refused.value.sentence == "error.pack_meeting_cancelled"


@pytest.mark.parametrize(
    ("held_on", "frozen_on"),
    [
        (date(2026, 12, 21), date(2026, 12, 17)),  # a Monday: Friday is one, Thursday two
        (date(2026, 12, 28), date(2026, 12, 22)),  # over Christmas
        (date(2026, 3, 31), date(2026, 3, 27)),  # over the clock change
    ],
)
def test_the_clock_freezes_two_working_days_before_at_noon(app: App, held_on: date, frozen_on: date) -> None:
    zone = app.profile.region.zone
    assert pack_due_at(held_on, app.profile) == local_instant(frozen_on, time(12), zone)


def test_the_clock_freezes_at_its_time_and_once(scene: Scene) -> None:
    scene.clock.set(pack_due_at(scene.day, scene.app.profile) - timedelta(minutes=1))
    assert by_clock(scene) == 0
    due_at(scene)
    assert (by_clock(scene), by_clock(scene)) == (1, 1)
    assert [(row["number"], row["frozen_by"]) for row in own(scene)] == [(1, None)]


def test_a_run_that_was_missed_is_made_good_until_the_meeting_is_over(scene: Scene) -> None:
    scene.waiting.go_to(scene.day)
    assert by_clock(scene) == 1


def test_after_the_meeting_the_clock_freezes_nothing(scene: Scene) -> None:
    scene.waiting.go_to(scene.day + timedelta(days=1))
    assert by_clock(scene) == 0


def test_a_pack_that_a_person_froze_early_does_not_stop_the_clock(scene: Scene) -> None:
    by_hand(scene)
    scene.freeze()
    due_at(scene)
    assert by_clock(scene) == 3
    assert [row["number"] for row in own(scene)] == [1, 2, 3]


def test_meetings_that_nobody_would_read_about_get_no_pack(scene: Scene) -> None:
    due_at(scene)
    by_clock(scene)
    assert {row["subject"].partition("/")[0] for row in logged(scene)} == {"hsn", "lg_hs"}


def test_the_clock_freezes_nothing_while_it_stands_before_the_newest_sweep(scene: Scene) -> None:
    due_at(scene)
    beat(scene.app, SWEEP, now=scene.clock.now() + timedelta(hours=1))
    with pytest.raises(ClockWentBack):
        by_clock(scene)


def management_meeting(scene: Scene) -> Scene:
    """The same region before the next meeting of its management group, which has a member."""
    with scene.app.read() as work:
        rows = work.rows(select(_meeting).where(_meeting.c.held_on > scene.waiting.today).order_by(_meeting.c.held_on))
    groups = (row for row in rows if row["body_id"] == _group(scene))
    meeting = meeting_of(scene.app, "lg_hs", next(groups)["held_on"])
    return Scene(scene.app, scene.clock, scene.waiting, scene.learning, meeting)


def _group(scene: Scene) -> int:
    with scene.app.read() as work:
        return int(work.value(select(_body.c.id).where(_body.c.slug == "lg_hs")))


def test_each_member_gets_one_mail_with_the_way_to_that_very_pack(scene: Scene) -> None:
    group = management_meeting(scene)
    group.freeze()
    mails = [one for one in told(scene.app) if one.kind == "pack_ready"]
    assert [(one.to, one.urgency, one.why) for one in mails] == [("lg", "at_once", "body_member")]
    assert mails[0].values["link"] == f"/moten/lg_hs/{group.day}/underlag?nummer=1"


def test_where_freezing_fails_nobody_gets_a_mail(scene: Scene) -> None:
    group = management_meeting(scene)
    group.waiting.go_to(group.day + timedelta(days=1))
    with pytest.raises(Refused):
        group.freeze()
    assert [one for one in told(scene.app) if one.kind == "pack_ready"] == []


def test_a_pack_whose_text_was_changed_in_the_database_is_found_by_the_nightly_check(scene: Scene) -> None:
    scene.freeze()
    assert verify(scene.app) == ()
    with scene.app.write() as work:
        text = scene.rows()[0]["content"].replace("Underlag", "Annat")
        work.update(Pack, {"number": 1}, {"content": text, "sha256": sha256(text.encode()).hexdigest()})
        work.commit()
    assert [one.sentence for one in verify(scene.app)] == ["verify.pack_changed"]


def test_a_file_that_was_changed_in_the_database_is_found_too(scene: Scene) -> None:
    pack_id = scene.freeze().pack_id
    row = {"pack_id": pack_id, "kind": "pdf", "language": "sv", "content": b"annat", "sha256": "0" * 64}
    with scene.app.write() as work:
        work.insert(PackFile, [row])
        work.commit()
    assert [one.sentence for one in verify(scene.app)] == ["verify.pack_file_changed"]
