"""What every builder of a document is handed: the transaction, the region, and the words of one language."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Block, Bullets, Heading, Paper, Paragraph
from pathways.errors import Unknown
from pathways.locale import Texts
from pathways.locale.forms import decimal, short_day
from pathways.models.document import DocumentState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Origin, Region
from pathways.profiles.schema import Profile
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.queries.views import Title
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

NONE = "–"
_region, _introduction = table_of(Region), table_of(Introduction)
_REGION: Select[tuple[object, ...]] = select(_region.c.name, _region.c.origin).where(
    _region.c.id == bindparam("region")
)
_SLUG = select(_introduction.c.slug).where(
    _introduction.c.region_id == bindparam("region"), _introduction.c.id == bindparam("introduction")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes: in which transaction, for which region, in which language, on which day."""

    work: UnitOfWork
    region_id: int
    profile: Profile
    texts: Texts
    today: date
    now: datetime

    def say(self, text_id: str, /, **values: object) -> str:
        """Return a sentence."""
        return self.texts.say(text_id, **values)

    def title(self, title: Title) -> str:
        """Return a title that may be given in both languages."""
        return title if isinstance(title, str) else title[self.texts.language]

    def day(self, day: date | None) -> str:
        """Return "3 dec. 2026", or a dash."""
        return short_day(day, self.texts.language) if day else NONE

    def number(self, value: int | None) -> str:
        """Return a whole number as the language writes it, or a dash."""
        return NONE if value is None else decimal(value, self.texts.language, decimals=0)

    def money(self, once: int | None, yearly: int | None) -> str:
        """Return a cost: "150 000 kr + 20 000 kr per år", or that it is not known."""
        parts = [self.say("web.document.paper.kronor", amount=self.number(once))] if once else []
        parts += [self.say("web.document.paper.kronor_yearly", amount=self.number(yearly))] if yearly else []
        if not parts:
            return self.say(
                "web.document.paper.no_cost" if once is None and yearly is None else "web.document.paper.free"
            )
        return " + ".join(parts)

    def told(self, heading: str, text: str | None) -> tuple[Block, ...]:
        """Return a part that somebody writes, under its heading; nothing where nothing is written."""
        return (Heading(text=self.say(heading)), *paragraphs(text)) if text and text.strip() else ()

    def head_of(self, row: Row) -> Head:
        """Return the introduction that a document is about; raise `Unknown` where a newer one has its name."""
        keys = {"region": self.region_id, "introduction": row["introduction_id"]}
        head = load_head(self.work, region_id=self.region_id, slug=str(self.work.value(_SLUG, keys) or ""))
        if head.introduction_id != row["introduction_id"]:
            raise Unknown("introduction", head.slug, ())
        return head

    def paper(self, row: Row, title: str, blocks: tuple[Block, ...], *, subtitle: str = "") -> Paper:
        """Return the document: who sends it, its number, and what stands on every page."""
        region = self.work.find(_REGION, {"region": self.region_id})
        assert region is not None, "a writer writes for a region that is there"
        kind = self.texts.word("web.document.kind", row["kind"])
        edition = self.say("web.document.paper.edition", number=row["edition"])
        return Paper(
            title=title,
            language=self.texts.language,
            blocks=blocks,
            subtitle=subtitle,
            sender=region["name"],
            date=self.today.isoformat(),
            register_no=row["register_no"] or "",
            footer=kind if row["edition"] == 1 else f"{kind}, {edition}",
            note=self._note(row, region["origin"]),
        )

    def _note(self, row: Row, origin: str) -> str:
        is_working = row["state"] == DocumentState.WORKING_PAPER
        notes = [self.say("web.document.paper.working")] if is_working else []
        notes += [self.say("web.document.paper.example")] if origin != Origin.REAL else []
        return " · ".join(notes)


def paragraphs(text: str | None) -> tuple[Block, ...]:
    """Return what somebody typed: an empty line parts paragraphs, lines that begin with a dash are points."""
    blocks: list[Block] = []
    for part in (text or "").strip().split("\n\n"):
        lines = [line.strip() for line in part.strip().splitlines() if line.strip()]
        if lines and all(line.startswith(("- ", "• ", "* ")) for line in lines):
            blocks.append(Bullets(items=tuple(line[2:].strip() for line in lines)))
        elif lines:
            blocks.append(Paragraph(text="\n".join(lines)))
    return tuple(blocks)
