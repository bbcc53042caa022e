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
from tests.pathways.drive import Driver, drive_to
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_same_archive_is_the_same_bytes(desk: Desk) -> None:
    assert packed(archive_of(desk)) == packed(archive_of(desk))


def test_an_introduction_of_another_region_has_no_archive_here(desk: Desk) -> None:
    with desk.app.read() as work, pytest.raises(Unknown):
        build_archive(work, region_id=desk.app.region_id() + 1, slug="sepsis", now=desk.clock.now(), although_open=True)


PDF = b"%PDF-1.7 gapanalys"


def attached(desk: Desk, name: str, content: bytes = PDF) -> str:
    """Attaches a file to a task of the introduction."""
    driver = Driver(desk.app, desk.clock, "sepsis")
    made = driver.do("create_task", title="=Sök underlag", due_on=desk.today.isoformat()).made
    task = next(ref for table, ref in made if table == "task")
    return driver.do("attach_file", task=task, name=name, content=content).made[0][1]


def listed(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(files["bilagor.csv"].decode()), delimiter=";"))


def test_files_of_tasks_are_in_it_as_they_were_handed_in_with_their_sums(desk: Desk) -> None:
    attached(desk, "../=summa.pdf")
    files = dict(archive_of(desk).files)
    (row,) = listed(files)
    assert (row["fil"], row["uppgift"], row["namn"]) == ("bilagor/001-=summa.pdf", "'=Sök underlag", "'=summa.pdf")
    assert files[row["fil"]] == PDF
    assert row["sha256"] == sha256(PDF).hexdigest()
    assert f"{row['sha256']}  {row['fil']}" in files["SHA256SUMS"].decode().splitlines()
    assert "bilagor.csv" in files["README.txt"].decode()


@pytest.mark.slow
def test_a_removed_file_is_told_with_its_day_and_its_bytes_are_not_there(desk: Desk) -> None:
    gone, kept = attached(desk, "fel.pdf", b"%PDF-1.7 fel fil"), attached(desk, "ratt.pdf")
    Driver(desk.app, desk.clock, "sepsis").do("remove_attachment", attachment=gone)
    files = dict(archive_of(desk).files)
    rows = {row["namn"]: row for row in listed(files)}
    assert (rows["fel.pdf"]["fil"], rows["fel.pdf"]["borttagen"]) == ("", desk.today.isoformat())
    assert (rows["ratt.pdf"]["fil"], rows["ratt.pdf"]["borttagen"]) == ("bilagor/002-ratt.pdf", "")
    assert b"fel fil" not in b"".join(files.values())
    assert kept


@pytest.mark.slow
def test_the_same_file_on_two_tasks_is_removed_from_one_only(desk: Desk) -> None:
    first = attached(desk, "lika.pdf")
    attached(desk, "lika igen.pdf")
    Driver(desk.app, desk.clock, "sepsis").do("remove_attachment", attachment=first)
    files = archive_of(desk).files
    assert [path for path in files if path.startswith("bilagor/")] == ["bilagor/002-lika igen.pdf"]


@pytest.mark.slow
def test_of_a_link_the_address_is_listed(desk: Desk) -> None:
    driver = Driver(desk.app, desk.clock, "sepsis")
    made = driver.do("create_task", title="Läs", due_on=desk.today.isoformat()).made
    task = next(ref for table, ref in made if table == "task")
    driver.do("attach_link", task=task, link="https://example.org/rapport", title="Rapporten")
    (row,) = listed(dict(archive_of(desk).files))
    assert (row["slag"], row["adress"], row["fil"]) == ("link", "https://example.org/rapport", "")


def test_where_nothing_was_attached_the_page_says_so_and_there_is_no_list(desk: Desk) -> None:
    files = archive_of(desk).files
    assert "bilagor.csv" not in files
    assert "Inget bifogades till uppgifterna." in files["README.txt"].decode()
