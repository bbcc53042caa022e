"""A paper as a Word file, set in the region's own template or in the product's, which is built by code.

A template is a Word file with places to fill: `{{ title }}`, `{{ sender }}` and the others of `word_places.PLACES`,
and `{{p body}}` alone in a paragraph, where the document itself is put. `{% if note %} ... {% endif %}` leaves out
what is empty.
"""

from pathways.documents.paper import Paper


def make_paper_word(paper: Paper, template: bytes | None = None, *, file: str = "") -> bytes:
    """Return the paper as a Word file; the same paper in the same template gives the same bytes.

    Refuses a template that `check_word_template` refuses; `file` is the name that it is told by.
    """
    from pathways.documents import word_file  # noqa: PLC0415 - few processes make Word files, and it weighs much

    return word_file.set_paper(paper, template, file=file)


def check_word_template(template: bytes, file: str) -> None:
    """Refuse a file that is no Word template of ours: with its name, what is wrong, and the nearest known place."""
    from pathways.documents import word_file  # noqa: PLC0415 - as above

    word_file.check(template, file=file)


def make_own_template() -> bytes:
    """Return the product's own template, for a region to begin its own with."""
    from pathways.documents import word_file  # noqa: PLC0415 - as above

    return word_file.own_template()
