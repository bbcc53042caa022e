"""Which files may be attached: name and content must agree, and a name is made plain before it is kept."""

import zipfile
from io import BytesIO

import pytest

from pathways.errors import PathwaysError
from pathways.services.task.files import ENDINGS, KINDS, LARGEST, FileTooLarge, media_type_of, plain_name


def packed(*names: str, first: str = "", stored: str = "") -> bytes:
    """An archive with these members; an open document has its own kind first, unpacked."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if first:
            archive.writestr(first, stored)
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


OPEN = "application/vnd.oasis.opendocument."
SAMPLES = {
    "pdf": b"%PDF-1.7\n%abc",
    "docx": packed("[Content_Types].xml", "word/document.xml"),
    "xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": packed("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": packed("content.xml", first="mimetype", stored=f"{OPEN}text"),
    "ods": packed("content.xml", first="mimetype", stored=f"{OPEN}spreadsheet"),
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpg": b"\xff\xd8\xff\xe0....",
    "jpeg": b"\xff\xd8\xff\xe0....",
    "txt": "Räksmörgås\n".encode(),
    "csv": "Namn;Plats\r\nÅsa;Älvdalen\r\n".encode("cp1252"),
}


def refused(name: str, content: bytes) -> str:
    with pytest.raises(PathwaysError) as told:
        media_type_of(name, content)
    return told.value.sentence


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("ending", KINDS)
def test_each_kind_is_told_by_its_content(ending: str) -> None:
    assert media_type_of(f"Åtgärder.{ending.upper()}", SAMPLES[ending]) == KINDS[ending][0]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_only_calls_itself_so_is_refused(ending: str) -> None:
    content = b"\x00MZ\x90" if ending in {"txt", "csv"} else b"<html><script>alert(1)</script></html>"
    assert refused(f"protokoll.{ending}", content) == "error.file_content"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pptx", "odt", "ods"])
def test_an_archive_of_another_kind_is_refused(ending: str) -> None:
    assert refused(f"protokoll.{ending}", packed("readme.txt")) == "error.file_content"
    assert refused(f"protokoll.{ending}", b"PK\x03\x04 broken") == "error.file_content"


def test_an_office_file_with_macros_is_refused() -> None:
    content = packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    assert refused("mall.docx", content) == "error.file_content"


@pytest.mark.parametrize(
    "name", ["virus.exe", "sida.html", "bild.svg", "protokoll", "x.pdf.exe", ".pdf.js", "a.docm", "pdf", ".pdf"]
)
def test_a_kind_that_is_not_in_the_list_is_refused(name: str) -> None:
    assert refused(name, SAMPLES["pdf"]) == "error.file_kind"


def test_the_refusal_tells_which_kinds_are_taken() -> None:
    with pytest.raises(PathwaysError) as told:
        media_type_of("virus.exe", b"MZ")
    assert told.value.values["kinds"] == "pdf, docx, xlsx, pptx, odt, ods, png, jpg, txt, csv"


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    mark = SAMPLES["pdf"]
    assert media_type_of("a.pdf", mark.ljust(LARGEST)) == "application/pdf"
    with pytest.raises(FileTooLarge) as told:
        media_type_of("a.pdf", mark.ljust(LARGEST + 1))
    assert told.value.values == {"n": 10}


def test_an_empty_file_is_refused() -> None:
    assert refused("tom.txt", b"") == "error.file_content"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Åtgärdslista för Älvdalen.xlsx", "Åtgärdslista för Älvdalen.xlsx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\Windows\\system.txt", "system.txt"),
        ("/abs/olut.pdf", "olut.pdf"),
        ("C:\\Users\\asa\\Mina dokument\\protokoll.pdf", "protokoll.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("gap\u202efdp.exe", "gapfdp.exe"),
        ('a"b<c>d|e?f*.pdf', "abcdef.pdf"),
        ("  många   mellanrum .pdf", "många mellanrum.pdf"),
        ("A\u030alder.pdf", "Ålder.pdf"),
        ("....pdf", "pdf"),
        ("..", ""),
        ("", ""),
        ("mapp/", ""),
    ],
)
def test_a_name_is_made_plain(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = plain_name("å" * 300 + ".pdf")
    assert (len(name), name[-4:]) == (120, ".pdf")
