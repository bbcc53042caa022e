"""The step that makes texts ready for use: it takes every catalogue, and names the one it refuses."""

import gettext
from pathlib import Path

import pytest

from pathways.locale.build_hook import compile_catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _write(root: Path, room: str, body: str) -> Path:
    path = root / room / "locale" / "sv" / "LC_MESSAGES" / f"{room}.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + body, encoding="utf-8")
    return path


def test_the_catalogues_of_every_room_are_compiled(tmp_path: Path) -> None:
    path = _write(tmp_path, "notifications", 'msgid "end"\nmsgstr "slut på året"\n')
    _write(tmp_path, "pathways", 'msgid "day"\nmsgstr "dag"\n')
    assert compile_catalogues(tmp_path) == 2
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("end") == "slut på året"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('msgid "%(day)s left"\nmsgstr "kvar"\n', id="a lost placeholder"),
        pytest.param('msgid "open"\nnonsense\n', id="a line that is none"),
    ],
)
def test_a_faulty_catalogue_is_refused_by_name(tmp_path: Path, body: str) -> None:
    _write(tmp_path, "notifications", "#, python-format\n" + body)
    with pytest.raises(ValueError, match=r"notifications\.po"):
        compile_catalogues(tmp_path)
