"""A stranger unpacks the archive of an introduction, checks its sums, reads what it is, and finds nobody's name."""

import csv
import json
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.documents.paper import thaw_paper
from pathways.errors import Refused, Unknown
from pathways.exports.archive import Archive, build_archive, packed
from pathways.models.document import DocumentKind
from pathways.services.document.make_document import new_edition
from tests.pathways.documents.structure import objects_of, read_structure
from tests.pathways.drive import drive_to
from tests.pathways.furnished import CAST
from tests.pathways.services.document.desk import Desk

pytestmark = pytest.mark.usefixtures("pango")


@pytest.fixture
def desk(app: App, clock: SetClock) -> Desk:
    """An introduction that was stopped, with a fixed plan in two editions and a working paper that never was fixed."""
    drive_to(app, clock, "sepsis", "executing")
    desk = Desk(app, clock)
    first = desk.begin(DocumentKind.ACTION_PLAN, "sepsis")
    desk.fix(first)
    desk.fix(desk.do(lambda office: new_edition(office, first)))
    desk.begin(DocumentKind.STATUS_LETTER, "sepsis", "vc-falun")
    return desk


def archive_of(desk: Desk, *, although_open: bool = True) -> Archive:
    with desk.app.read() as work:
        return build_archive(
            work,
            region_id=desk.app.region_id(),
            slug="sepsis",
            now=desk.clock.now(),
            although_open=although_open,
        )


def test_a_stranger_unpacks_it_and_every_sum_is_right(desk: Desk, tmp_path: Path) -> None:
    archive = archive_of(desk)
    with ZipFile(BytesIO(packed(archive))) as package:
        package.extractall(tmp_path)
    folder = tmp_path / archive.name
    lines = (line.partition("  ") for line in (folder / "SHA256SUMS").read_text().splitlines())
    sums = {path: told for told, _, path in lines}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    assert all(sha256((folder / path).read_bytes()).hexdigest() == told for path, told in sums.items())


def test_it_holds_what_was_fixed_as_tagged_archive_pdf_and_as_data_and_no_working_paper(desk: Desk) -> None:
    files = archive_of(desk).files
    papers = sorted(path for path in files if path.startswith("handlingar/"))
    assert papers == [
        *("handlingar/001-action_plan-utgava-1.json", "handlingar/001-action_plan-utgava-1.pdf"),
        *("handlingar/002-action_plan-utgava-2.json", "handlingar/002-action_plan-utgava-2.pdf"),
    ]
    pdf = files[papers[1]]
    assert any(b"GTS_PDFA1" in body for body in objects_of(pdf).values())
    assert read_structure(pdf).of_kind("H1")
    assert thaw_paper(files[papers[0]].decode()).title == "Handlingsplan: Sepsis"


def test_the_index_tells_each_document_with_the_hash_it_was_fixed_with(desk: Desk) -> None:
    files = archive_of(desk).files
    rows = list(csv.DictReader(StringIO(files["index.csv"].decode()), delimiter=";"))
    assert [row["utgava"] for row in rows] == ["1", "2"]
    for row in rows:
        assert sha256(files[row["fil"].replace(".pdf", ".json")]).hexdigest() == row["sha256"]
        assert row["process"] == "3.1 Införa vårdförlopp"


def test_the_log_is_whole_chained_and_names_nobody(desk: Desk) -> None:
    files = archive_of(desk).files
    log = json.loads(files["logg.json"])
    events = log["handelser"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert all(later["prev_hash"] == earlier["hash"] for earlier, later in pairwise(events))
    assert {"start", "decide"} <= {event["command"] for event in events}
    everything = b"".join(content for path, content in files.items() if not path.endswith(".pdf")).decode()
    assert not [person.name for person in CAST if person.name in everything]
    assert "patient_representative" not in everything


def test_the_page_for_a_stranger_explains_it_in_swedish_and_says_that_it_is_open(desk: Desk) -> None:
    page = archive_of(desk).files["README.txt"].decode()
    assert page.startswith("OBS! INTE AVSLUTAT.")
    for told in ("Region Dalarna", "Sepsis", "sha256sum -c SHA256SUMS", "ORDLISTA", "PDF/A"):
        assert told in page
    assert "{" not in page


def test_an_introduction_under_way_is_refused_unless_asked_for(desk: Desk) -> None:
    with pytest.raises(Refused, match="archive_open"):
        archive_of(desk, although_open=False)
    drive_to(desk.app, desk.clock, "sepsis", "executing").do("stop", reason="Ersätts av ett annat vårdförlopp")
    assert not archive_of(desk, although_open=False).files["README.txt"].decode().startswith("OBS")


def test_the_same_archive_is_the_same_bytes(desk: Desk) -> None:
    assert packed(archive_of(desk)) == packed(archive_of(desk))


def test_an_introduction_of_another_region_has_no_archive_here(desk: Desk) -> None:
    with desk.app.read() as work, pytest.raises(Unknown):
        build_archive(work, region_id=desk.app.region_id() + 1, slug="sepsis", now=desk.clock.now(), although_open=True)
