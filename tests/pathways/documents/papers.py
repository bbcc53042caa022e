"""Papers for tests: one with a block of every kind, in the words of an authority."""

from pathways.documents.paper import (
    Bullets,
    Facts,
    Figure,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Table,
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
    '<rect width="200" height="60" fill="#fff"/><path d="M10 50 L190 10" stroke="#0b5d57" stroke-width="3"/></svg>'
)


def every_block(*, note: str = "Exempeldata") -> Paper:
    """Return a paper with every kind of block, and with signs that a file must not take for orders."""
    rows = tuple((f"Steg {n}", str(n), "1 234") for n in range(1, 61))
    return Paper(
        title="Beslutsunderlag: höft <del 1> & knä",
        language="sv",
        subtitle="Vårdförlopp höftledsartros",
        sender="Region Dalarna",
        date="2026-12-03",
        register_no="HSN 2026/123",
        footer="Tjänsteskrivelse",
        note=note,
        blocks=(
            Facts(pairs=(("Handläggare", "Samordnare & co"), ("Möte", "2026-12-03"))),
            Heading(text="Bakgrund"),
            Paragraph(text="Vården ska bli\njämlik. {{ title }} \x07"),
            Heading(text="Punkter", level=3),
            Bullets(items=("Ett", "Två")),
            Bullets(items=("Först", "Sedan"), numbered=True),
            Bullets(items=("Börjar om",), numbered=True),
            Table(caption="Gap per steg", heads=("Steg", "Nivå 3", "Kostnad"), rows=rows, numeric=(1, 2)),
            PageBreak(),
            Figure(svg=DRAWING, alt="Linjen stiger", caption="Figur 1"),
        ),
    )
