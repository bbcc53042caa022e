"""Files on a task: taken in with a limit and a list of kinds, handed out only to be saved, nobody else's to see."""

import asyncio
from collections.abc import Iterator

import pytest
from httpx2 import Response
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from pathways.models.attachment import Attachment, StoredFile
from pathways.services.task.files import LARGEST
from pathways.storage.unit_of_work import table_of
from pathways.web.pages.attachments import disposition_of
from pathways.web.upload import LET_GO, read_upload
from tests.pathways.furnished import furnished_app
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import over
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, notices, words

PDF = b"%PDF-1.7 protokoll"
BEGINNING = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
_file = table_of(StoredFile)


def at(ref: str, *more: str) -> str:
    return "/".join(["/forlopp/kol/uppgift", ref, *more])


def send(
    client: TestClient, ref: str, name: str = "Åtgärder.pdf", content: bytes = PDF, keys: dict[str, str] | None = None
) -> Response:
    return client.post(at(ref, "fil"), files={"file": (name, content, "text/html")}, data=keys or {})


def stored(desk: Desk) -> int:
    with desk.app.read() as work:
        count: int = work.value(select(func.count()).select_from(_file))
    return count


def test_what_may_be_attached_is_said_before(desk: Desk) -> None:
    shown = desk.as_("m1").get(at(desk.task()))
    assert "Högst 10 MB. Filen kan vara pdf, docx, xlsx, pptx, odt, ods, png, jpg, txt eller csv." in words(shown)
    assert 'accept=".pdf,.docx,.xlsx,.pptx,.odt,.ods,.png,.jpg,.txt,.csv"' in shown.text
    assert form(shown, "/fil").is_multipart


def test_a_file_is_attached_and_saved_again_under_its_name(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    seen = follow(client, send(client, ref))
    assert "Bilagan finns nu på uppgiften." in notices(seen)
    assert "Åtgärder.pdf 1 kB Maja Zetterlund, 9 juni 2021 kl. 10.00" in words(seen)
    answer = client.get(at(ref, "bilaga", row(desk.kol, Attachment)["ref"]))
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Atgarder.pdf\"; filename*=UTF-8''%C3%85tg%C3%A4rder.pdf"
    )


def test_a_file_that_is_handed_out_can_run_nothing(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    send(client, ref, "sida.txt", b"<script>alert(1)</script>")
    headers = client.get(at(ref, "bilaga", row(desk.kol, Attachment)["ref"])).headers
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("Räksmörgås å ä ö.pdf", "Räksmörgås å ä ö.pdf"),
        ('a"; filename="b.pdf', "a%22; filename=%22b.pdf"),  # as browsers write it
        ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ("x\u202efdp.pdf", "xfdp.pdf"),
    ],
)
def test_a_name_never_leads_out_of_its_place(desk: Desk, name: str, kept: str) -> None:
    ref, client = desk.task(), desk.as_("m1")
    assert send(client, ref, name).status_code == 303
    assert row(desk.kol, Attachment)["name"] == kept


@pytest.mark.parametrize("name", ["Åtgärder.pdf", 'a"b.pdf', "日本.pdf", "a\\b.pdf", "ö"])
def test_the_header_of_a_name_is_plain_ascii(name: str) -> None:
    header = disposition_of(name)
    assert header.isascii()
    assert header.count('"') == 2


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("virus.exe", b"MZ", 415, "är av ett slag som inte går att bifoga. Det går bra med pdf, docx,"),
        ("sida.html", b"<html>", 415, "är av ett slag som inte går att bifoga."),
        ("protokoll.pdf", b"<html>", 415, "innehåller något annat än en pdf-fil."),
        ("mall.docx", b"PK\x03\x04", 415, "innehåller något annat än en docx-fil."),
        ("..", PDF, 415, "Filens namn går inte att använda."),
        ("tom.pdf", b"", 422, "Välj en fil att bifoga."),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(desk: Desk, name: str, content: bytes, status: int, said: str) -> None:
    ref, client = desk.task(), desk.as_("m1")
    answer = send(client, ref, name, content)
    assert (answer.status_code, said in words(answer)) == (status, True)
    assert 'href="#f-file"' in answer.text
    assert (rows(desk.kol, Attachment), stored(desk)) == ([], 0)


def test_a_form_without_a_file_is_told_to_choose_one(desk: Desk) -> None:
    answer = desk.as_("m1").post(at(desk.task(), "fil"), data={"command_id": "a"})
    assert (answer.status_code, "Välj en fil att bifoga." in words(answer)) == (422, True)


def test_a_file_of_exactly_the_limit_is_taken(desk: Desk) -> None:
    assert send(desk.as_("m1"), desk.task(), "stor.pdf", PDF.ljust(LARGEST)).status_code == 303
    assert row(desk.kol, Attachment)["size"] == LARGEST


def test_a_file_beyond_the_limit_is_refused(desk: Desk) -> None:
    answer = send(desk.as_("m1"), desk.task(), "stor.pdf", PDF.ljust(LARGEST + 1))
    assert answer.status_code == 413
    assert "Filen är för stor. Den får vara högst 10 MB." in words(answer)
    assert stored(desk) == 0


class Parts:
    """A body that comes in parts, and counts how many were asked for."""

    def __init__(self, megabytes: int) -> None:
        self.asked = 0
        self._megabytes = megabytes

    def __iter__(self) -> Iterator[bytes]:
        yield BEGINNING
        for _ in range(self._megabytes):
            self.asked += 1
            yield b" " * 1_000_000
        yield b"\r\n--x--\r\n"


@pytest.mark.parametrize("declared", [True, False])
def test_what_comes_after_a_limit_is_not_even_waited_for(desk: Desk, declared: bool) -> None:
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        body = BEGINNING if asked == 1 else b" " * 1_000_000
        return {"type": "http.request", "body": body, "more_body": True}

    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    headers += [(b"content-length", b"5000000000")] if declared else []
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    upload = asyncio.run(read_upload(request, None))  # type: ignore[arg-type]  # who sends it does not matter here
    assert upload.is_too_large
    assert asked * 1_000_000 < LET_GO + 2_000_000


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_far_too_large_is_not_taken_in(desk: Desk, declared: bool) -> None:
    ref, client, parts = desk.task(), desk.as_("m1"), Parts(15)
    headers = {"content-type": "multipart/form-data; boundary=x"}
    if declared:
        headers["content-length"] = "15000107"
    answer = client.post(at(ref, "fil"), content=iter(parts), headers=headers)
    assert (answer.status_code, stored(desk)) == (413, 0)
    assert "Filen är för stor." in words(answer)


def test_a_broken_body_is_said_to_be_misunderstood(desk: Desk) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert desk.as_("m1").post(at(desk.task(), "fil"), content=b"--y nonsense", headers=headers).status_code in {
        400,
        422,
    }


def test_pressing_twice_attaches_once(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    keys = {name: values[0] for name, values in form(client.get(at(ref)), "/fil").fields.items()}
    assert send(client, ref, keys=keys).headers["location"] == send(client, ref, keys=keys).headers["location"]
    assert len(rows(desk.kol, Attachment)) == 1


def test_a_file_is_taken_away_by_whoever_brought_it(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    shown = follow(client, send(client, ref))
    kept = row(desk.kol, Attachment)["ref"]
    answer = form(shown, "/ta-bort").send(client)
    assert "Bilagan är borttagen." in notices(follow(client, answer))
    assert client.get(at(ref, "bilaga", kept)).status_code == 404
    assert stored(desk) == 0
    again = client.post(at(ref, "bilaga", kept, "ta-bort"), data={})
    assert "Bilagan var redan borttagen." in notices(follow(client, again))


def test_others_are_not_offered_to_take_it_away(desk: Desk) -> None:
    ref = desk.task()
    send(desk.as_("m1"), ref)
    kept = row(desk.kol, Attachment)["ref"]
    assert "ta-bort" not in desk.as_("ordf").get(at(ref)).text
    assert desk.as_("ordf").post(at(ref, "bilaga", kept, "ta-bort"), data={}).status_code == 404
    assert "ta-bort" in desk.as_("sam").get(at(ref)).text


@pytest.mark.parametrize("person", ["frammande"])
def test_a_stranger_gets_no_file(desk: Desk, person: str) -> None:
    ref = desk.task()
    send(desk.as_("m1"), ref)
    kept = row(desk.kol, Attachment)["ref"]
    assert desk.as_(person).get(at(ref, "bilaga", kept)).status_code == 404
    assert desk.web.anonymous().get(at(ref, "bilaga", kept)).headers["location"].startswith("/logga-in")


def test_a_file_is_found_under_its_own_task_alone(desk: Desk) -> None:
    ref, other = desk.task("m1"), desk.task("m2")
    send(desk.as_("m1"), ref)
    kept = row(desk.kol, Attachment)["ref"]
    assert desk.as_("m2").get(at(other, "bilaga", kept)).status_code == 404
    for wrong in ("99.9", "x", "%2e%2e", "å"):
        assert desk.as_("m1").get(at(ref, "bilaga", wrong)).status_code == 404


def test_the_file_of_another_region_is_no_page(desk: Desk) -> None:
    ref = desk.task()
    send(desk.as_("m1"), ref)
    kept = row(desk.kol, Attachment)["ref"]
    other = furnished_app(str(desk.app.database.url), desk.web.clock, code="SE-X", name="Region Gävleborg")
    other.profiles = {**desk.app.profiles, **other.profiles}
    next_door = over(other, desk.web.clock).as_("sam", code="SE-X")
    assert next_door.get(at(ref, "bilaga", kept)).status_code == 404
    assert next_door.post(at(ref, "bilaga", kept, "ta-bort"), data={}).status_code == 404
    assert next_door.post(at(ref, "fil"), files={"file": ("a.pdf", PDF)}).status_code == 404
    other.database.dispose()


def test_nobody_unknown_sends_a_body_that_is_read(desk: Desk) -> None:
    parts = Parts(15)
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = desk.web.anonymous().post(at(desk.task(), "fil"), content=iter(parts), headers=headers)
    assert answer.headers["location"] == "/logga-in"
