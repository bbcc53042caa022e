"""A pack in a real browser: frozen by the flow, read on a tablet, held against what came later; looked at by axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap.delivery import build_post
from pathways.queries.pack.build import build_text
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.pack.due import pack_due_at
from pathways.services.pack.freeze_due import freeze_due_packs
from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.packing import Scene
from tests.pathways.web.conftest import Open, Web, opened_as

pytestmark = pytest.mark.slow

TABLET, PHONE = 820, 360


@pytest.fixture
def open_as_lars(meeting_web: Web, open_page: OpenPage) -> Iterator[Open]:
    """Opens an address of ours in which a member of the management group is logged in."""
    with opened_as(meeting_web, "lg", open_page) as go:
        yield go


@pytest.fixture
def open_as_sara(meeting_web: Web, open_page: OpenPage) -> Iterator[Open]:
    """Opens an address of ours in which the coordinator is logged in."""
    with opened_as(meeting_web, "sam", open_page) as go:
        yield go


def freeze_by_clock(scene: Scene) -> None:
    """Lets the clock come to the pack's time and freeze it."""
    scene.clock.set(pack_due_at(scene.day, scene.app.profile))
    freeze_due_packs(scene.app, now=scene.clock.now(), build=build_text)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [TABLET, PHONE])
@pytest.mark.parametrize("later", [True, False])
def test_a_pack_reads_well_with_and_without_what_came_later(
    open_as_sara: Open, scene: Scene, *, width: int, script: bool, later: bool
) -> None:
    freeze_by_clock(scene)
    if later:
        scene.change()
    page = open_as_sara(scene.meeting.path, width=width, script=script)
    expect(page.get_by_role("heading", name="Läget i alla öppna förlopp")).to_be_visible()
    assert overflow(page) == 0
    if script:
        assert axe_violations(page) == []
    assert console_faults(page) == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("part", ["", "/frys"])
def test_the_pages_before_the_freezing_are_open_to_everybody(
    open_as_sara: Open, scene: Scene, mode: str, part: str
) -> None:
    page = open_as_sara(f"{scene.meeting.path}{part}", **MODES[mode])
    assert axe_violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("mode", MODES)
def test_the_frozen_page_is_open_to_everybody(open_as_sara: Open, scene: Scene, mode: str) -> None:
    scene.freeze()
    scene.change()
    page = open_as_sara(scene.meeting.path, **MODES[mode])
    assert axe_violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("script", [True, False])
def test_the_coordinator_freezes_with_a_question_first(open_as_sara: Open, scene: Scene, *, script: bool) -> None:
    page = open_as_sara(scene.meeting.path, script=script, width=TABLET)
    page.get_by_role("link", name="Frys nu").click()
    page.get_by_role("button", name="Frys nu").click()
    expect(page.get_by_text("Underlaget är fryst, nummer 1.").first).to_be_visible()
    expect(page.get_by_role("article").get_by_text("Sara Åkesson", exact=True)).to_be_visible()


def test_on_paper_the_pack_and_what_came_later_stay_and_the_ways_to_take_it_are_gone(
    open_as_sara: Open, scene: Scene
) -> None:
    freeze_by_clock(scene)
    scene.change()
    page = open_as_sara(scene.meeting.path)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Läget i alla öppna förlopp")).to_be_visible()
    expect(page.get_by_role("heading", name="Ta med underlaget")).to_be_hidden()


def test_the_flow_freezes_a_member_gets_a_mail_reads_and_takes_the_same_file_before_and_after(
    open_as_lars: Open, scene: Scene, tmp_path: Path
) -> None:
    freeze_by_clock(scene)
    mails = MemoryChannel(name="address")
    deliver_due(scene.app, build_post(scene.app, mails), now=scene.clock.now())
    told = [one for one in mails.kept if "underlag till sammanträdet" in one.rendered.subject]
    assert len(told) == 1
    page = open_as_lars(scene.meeting.path, width=TABLET)
    files: list[bytes] = []
    for _ in range(2):
        with page.expect_download() as taken:
            page.get_by_role("link", name="PDF, att skriva ut").click()
        file = tmp_path / f"{len(files)}.pdf"
        taken.value.save_as(file)
        files.append(file.read_bytes())
        if len(files) == 1:
            scene.change()
            page = open_as_lars(scene.meeting.path, width=TABLET)
            expect(page.get_by_text("HSN har beslutat: anta").first).to_be_visible()
    assert files[0] == files[1]
