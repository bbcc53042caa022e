"""The README's pictures can be taken anew, and are the ones that it shows."""

import re
from pathlib import Path

import pytest

from tests.tools.screenshots import main

ROOT = Path(__file__).parents[4]
PICTURES = ROOT / "tests" / "pictures"
SHOWN = re.compile(r"\]\(tests/pictures/([\w-]+\.png)\)")


def test_the_readme_shows_every_picture_and_no_other() -> None:
    shown = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(file.name for file in PICTURES.iterdir())


@pytest.mark.slow
def test_the_pictures_can_be_taken_anew(tmp_path: Path) -> None:
    main(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(file.name for file in PICTURES.iterdir())
