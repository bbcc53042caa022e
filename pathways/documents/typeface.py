"""The product's typeface for documents and pictures: the files that the web ships, in forms that the makers read."""

import atexit
import shutil
import tempfile
from base64 import b64encode
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

NAME = "Inter Variable"
FILES = tuple(
    Path(__file__).parents[1] / "web" / "static" / "vendor" / "inter-5.3.0" / f"inter-{part}.woff2"
    for part in ("latin", "latin-ext")
)


@cache
def unpacked() -> tuple[str, ...]:
    """Return paths of the typeface as TrueType, unpacked once in a process, into a folder that ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="forlopp-typeface-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return tuple(_unpack(file, folder) for file in FILES)


def _unpack(file: Path, folder: Path) -> str:
    target = folder / f"{file.stem}.ttf"
    with TTFont(file, recalcTimestamp=False) as font:  # the same document has the same bytes, whenever it is made
        font.flavor = None
        font.save(target)
    return str(target)


@cache
def face_rules() -> str:
    """Return style rules that hold the typeface itself, so that a document need not ask for any file."""
    return "".join(
        f'@font-face{{font-family:"{NAME}";'
        f'src:url("data:font/ttf;base64,{b64encode(Path(file).read_bytes()).decode()}") format("truetype");}}'
        for file in unpacked()
    )
