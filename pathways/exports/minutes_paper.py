"""Minutes, and extracts from them, as papers in a reader's words; a public extract has roles in the place of names.

Everything comes from the record: papers of approved minutes are the same whatever has happened since.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pathways.documents.paper import Block, Bullets, Facts, Heading, Paper, Paragraph, Table
from pathways.locale import Texts, texts
from pathways.locale.forms import long_day, short_day, wall_clock
from pathways.models.organisation import Origin
from pathways.services.meeting.fixed_papers import Manner
from pathways.services.meeting.record import ItemRecord, MeetingRecord, Somebody

AT_THE_TABLE = frozenset({"chair", "secretary", "approver", "presenter", "member"})
_MAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"(?<!\d)(?:\+46|0)[\d\s-]{6,12}\d(?!\d)")
SIGN_HERE = "_" * 32


@dataclass(frozen=True, slots=True)
class Words:
    """How a record is told: the reader's language, and whether people are named."""

    texts: Texts
    public: bool = False

    def say(self, name: str, **values: object) -> str:
        """Return one of the papers' own sentences."""
        return self.texts.say(f"web.decide.paper.{name}", **values)

    def day(self, day: date) -> str:
        """Return "3 dec. 2026"."""
        return short_day(day, self.texts.language)

    def long_day(self, day: date) -> str:
        """Return "torsdag 3 december 2026"."""
        return long_day(day, self.texts.language)

    def clock(self, clock: str) -> str:
        """Return a time of day as the language writes it."""
        return wall_clock(clock, self.texts.language)

    def role(self, role: str) -> str:
        """Return the word for what somebody is at the meeting, or in the region."""
        return self.texts.say(f"web.decide.person.{role}") if role in AT_THE_TABLE else self.texts.word("role", role)

    def people(self, many: tuple[Somebody, ...]) -> str:
        """Return people with commas between; in public how many of each role."""
        if not self.public:
            return ", ".join(one.name for one in many)
        counts: dict[str, int] = {}
        for one in many:
            counts[one.role] = counts.get(one.role, 0) + 1
        return ", ".join(_upper(self.role(role)) + (f" ({n})" if n > 1 else "") for role, n in counts.items())


def build_paper(record: MeetingRecord, item_id: int | None, manner: Manner) -> Paper:
    """Return the minutes, or the extract of one item, in a manner; an item that is not there is a fault."""
    words = Words(texts(manner.language), public=manner.public)
    paper = build_minutes(record, words) if item_id is None else build_extract(record, item_id, words)
    assert paper is not None, "extracts are asked for items of the record"
    return paper


def build_minutes(record: MeetingRecord, words: Words) -> Paper:
    """Return the whole minutes."""
    blocks = [*_meeting(record, words), *_attendance(record, words)]
    for item in _told(record, words).items:
        blocks += [Heading(text=_item_title(item, words), level=2), *_item(item, record, words)]
    return _paper(record, words, title=words.say("minutes"), blocks=(*blocks, *_signatures(record, words)))


def build_extract(record: MeetingRecord, item_id: int, words: Words) -> Paper | None:
    """Return the extract of one item, or None where the record has no such item."""
    item = next((one for one in _told(record, words).items if one.item_id == item_id), None)
    if item is None:
        return None
    blocks = [
        *_meeting(record, words),
        Heading(text=_item_title(item, words), level=2),
        *_item(item, record, words),
        *([] if words.public else [Paragraph(text=words.say("certified", line=SIGN_HERE))]),
    ]
    paper = _paper(record, words, title=words.say("extract"), blocks=tuple(blocks))
    return replace(paper, register_no=item.register_no or record.register_no)


def _paper(record: MeetingRecord, words: Words, *, title: str, blocks: tuple[Block, ...]) -> Paper:
    held_on = date.fromisoformat(record.held_on)
    notes = [
        words.texts.say("web.decide.paper.demo") if record.origin != Origin.REAL else "",
        "" if record.approved_on else words.say("draft"),
        words.say("public") if words.public else "",
    ]
    return Paper(
        title=title,
        language=words.texts.language,
        subtitle=f"{record.body_name}, {words.long_day(held_on)}",
        sender=record.region,
        date=record.held_on,
        register_no=record.register_no,
        footer=words.say("approved_on", day=record.approved_on) if record.approved_on else "",
        note=". ".join(note for note in notes if note),
        blocks=blocks,
    )


def _meeting(record: MeetingRecord, words: Words) -> Iterator[Block]:
    held_on = words.long_day(date.fromisoformat(record.held_on))
    begun = record.opened_at or record.starts_at
    times = words.clock(f"{begun}–{record.closed_at}".strip("–"))
    pairs = [
        (words.say("body"), record.body_name),
        (words.say("time"), f"{held_on}, {times}" if times else held_on),
    ]
    pairs += [(words.texts.say("web.meeting.column.place"), record.place)] if record.place else []
    if not words.public:
        pairs += [(words.say(name), one.name) for name, one in _leaders(record) if one is not None]
        pairs += [(words.say("approvers"), words.people(record.approvers))] if record.approvers else []
    if record.approved_on:
        pairs.append((words.say("approved"), words.day(date.fromisoformat(record.approved_on))))
    if record.kept_at:
        pairs.append((words.say("kept_at"), record.kept_at))
    yield Facts(pairs=tuple(pairs))


def _leaders(record: MeetingRecord) -> tuple[tuple[str, Somebody | None], ...]:
    return (("chair", record.chair), ("secretary", record.secretary))


def _attendance(record: MeetingRecord, words: Words) -> Iterator[Block]:
    if not record.present and not record.absent:
        return
    yield Heading(text=words.say("attendance"), level=2)
    if words.public:
        there = [
            (words.say("present"), words.people(record.present)),
            (words.say("absent"), words.people(record.absent)),
        ]
        yield Facts(pairs=tuple((name, told) for name, told in there if told))
        return
    rows = [
        (one.name, _upper(words.role(one.role)), words.say(state))
        for state, many in (("is_present", record.present), ("is_absent", record.absent))
        for one in many
    ]
    heads = (words.say("name"), words.say("role"), words.say("state"))
    yield Table(caption=words.say("attendance_caption"), heads=heads, rows=tuple(rows))


def _item_title(item: ItemRecord, words: Words) -> str:
    number = item.paragraph_no or words.say("item", number=item.position)
    return f"{number} {item.title}"


def _item(item: ItemRecord, record: MeetingRecord, words: Words) -> Iterator[Block]:
    yield Heading(text=words.say("decision"), level=3)
    if item.outcome:
        said = "endorsed" if item.endorses else "outcome"
        yield Paragraph(text=words.say(f"{said}.{item.outcome}", body=record.body_name))
    else:
        yield Paragraph(text=words.say("undecided"))
    if item.conditions:
        yield Paragraph(text=words.say("conditions"))
        yield Bullets(items=item.conditions, numbered=True)
    for name, text in (("matter", item.proposal), ("motive", item.motive)):
        if text:
            yield Heading(text=words.say(name), level=3)
            yield Paragraph(text=text)
    if item.conflicted:
        yield Heading(text=words.say("conflict"), level=3)
        yield Paragraph(text=words.say("apart", people=words.people(item.conflicted)))
    if item.dissent:
        yield Heading(text=words.say("dissent"), level=3)
        yield Paragraph(text=words.say("dissent_left_out") if words.public else item.dissent)
    if pairs := tuple(_item_facts(item, words)):
        yield Facts(pairs=pairs)


def _item_facts(item: ItemRecord, words: Words) -> Iterator[tuple[str, str]]:
    if item.pathway:
        yield words.say("pathway"), item.pathway
    if item.presenter is not None and not words.public:
        yield words.say("presenter"), item.presenter.name
    if item.register_no:
        yield words.say("register"), item.register_no
    if item.annexes:
        yield words.say("annexes"), "; ".join(f"{letter}: {title}" for letter, title in item.annexes)


def _signatures(record: MeetingRecord, words: Words) -> Iterator[Block]:
    if words.public:
        return
    signers = [(name, one) for name, one in _leaders(record) if one is not None]
    signers += [("approver", one) for one in record.approvers]
    if signers:
        yield Heading(text=words.say("signatures"), level=2)
        yield Facts(pairs=tuple((words.say(name), f"{SIGN_HERE}\n{one.name}") for name, one in signers))


def _told(record: MeetingRecord, words: Words) -> MeetingRecord:
    """Return the record with its texts as this reader may have them."""
    if not words.public:
        return record
    known = _names(record)
    return replace(record, items=tuple(_without_names(item, known, words) for item in record.items))


def _without_names(item: ItemRecord, known: dict[str, str], words: Words) -> ItemRecord:
    def clean(text: str) -> str:
        for name, role in known.items():
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", words.role(role), text)
        left_out = words.say("contact_left_out")
        return _PHONE.sub(left_out, _MAIL.sub(left_out, text))

    return replace(
        item,
        title=clean(item.title),
        proposal=clean(item.proposal),
        motive=clean(item.motive),
        conditions=tuple(clean(one) for one in item.conditions),
        annexes=tuple((letter, clean(title)) for letter, title in item.annexes),
    )


def _names(record: MeetingRecord) -> dict[str, str]:
    """Return every name in the record with the role that stands for it: whole names first, then family names."""
    people = [*record.approvers, *record.present, *record.absent]
    people += [one for one in (record.chair, record.secretary) if one is not None]
    for item in record.items:
        people += [*item.conflicted, *([item.presenter] if item.presenter else [])]
    people += [Somebody(name=name, role="member") for name in record.mentioned]
    whole = {one.name: one.role for one in people}
    family = {one.name.split()[-1]: one.role for one in people if len(one.name.split()) > 1}
    return {**whole, **{name: role for name, role in family.items() if name not in whole}}


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
