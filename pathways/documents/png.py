"""Makes a PNG of an SVG; the only module that knows the library for it."""

import resvg_py

from pathways.documents.typeface import NAME, unpacked

DENSITY = 2.0  # pixels for each unit of the drawing: sharp on a slide and on paper


def make_png(svg: str, *, density: float = DENSITY) -> bytes:
    """Return the picture of an SVG that brings its own style sheet, in the product's typeface."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=density,
        background="#ffffff",
        skip_system_fonts=True,  # the same picture on every machine, those without any typeface among them
        font_files=list(unpacked()),
        font_family=NAME,
        sans_serif_family=NAME,
    )
