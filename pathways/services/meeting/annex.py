"""The annexes of an item: each is a document of the product or an address, and the product gives it its letter."""

from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from pathways.errors import Refused, Unknown
from pathways.models.document import Document
from pathways.models.meeting import AgendaAnnex
from pathways.services.administration.office import Office
from pathways.services.meeting.sitting import item_of, open_sitting
from pathways.storage.unit_of_work import table_of

LONGEST_LINK, LONGEST_TITLE = 500, 200
_annex, _document = table_of(AgendaAnnex), table_of(Document)


def add_annex(
    office: Office,
    body: str,
    *,
    held_on: date,
    item_id: int,
    title: str,
    link: str | None = None,
    document_id: int | None = None,
) -> str:
    """Add an annex and return its letter. It is either a document of the region or an https address, not both."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    item_of(office, sitting, item_id)
    if (link is None) == (document_id is None):
        raise Refused("error.annex_one_source")
    if link is not None and not _is_address(link):
        raise Refused("error.annex_link", link=link[:80])
    if document_id is not None:
        title = title.strip() or _title_of(office, document_id)
    if not 3 <= len(title.strip()) <= LONGEST_TITLE:
        raise Refused("error.annex_title", n=LONGEST_TITLE)
    known = office.work.values(select(_annex.c.letter).where(_annex.c.item_id == item_id))
    letter = letter_of(1 + max((number_of(one) for one in known), default=0))
    values = {"region_id": office.region_id, "item_id": item_id, "letter": letter, "title": title.strip()}
    office.work.insert_one(AgendaAnnex, {**values, "link": link, "document_id": document_id})
    office.record("add_annex", sitting.subject, item=item_id, letter=letter)
    return letter


def remove_annex(office: Office, body: str, *, held_on: date, item_id: int, letter: str) -> None:
    """Take an annex away; the letters of the others stay, since papers name them."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    item_of(office, sitting, item_id)
    mine = (_annex.c.item_id == item_id, _annex.c.letter == letter)
    if office.work.connection.execute(delete(_annex).where(*mine)).rowcount != 1:
        known = office.work.values(select(_annex.c.letter).where(_annex.c.item_id == item_id))
        raise Unknown("annex", letter, known)
    office.record("remove_annex", sitting.subject, item=item_id, letter=letter)


def letter_of(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27, as columns of a sheet are named."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letter: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for one in letter:
        number = 26 * number + ord(one) - ord("A") + 1
    return number


def _is_address(link: str) -> bool:
    if len(link) > LONGEST_LINK or link != link.strip() or any(one.isspace() for one in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None


def _title_of(office: Office, document_id: int) -> str:
    mine = _document.c.region_id == office.region_id
    found = office.work.value(select(_document.c.title).where(mine, _document.c.id == document_id))
    if found is None:
        raise Unknown(
            "document",
            str(document_id),
            (str(one) for one in office.work.values(select(_document.c.id).where(mine).limit(50))),
        )
    return str(found)[:LONGEST_TITLE]
