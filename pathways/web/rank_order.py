"""The order that a person is setting: read from what was typed, moved step by step, and checked before it is sent.

Nothing here needs script: a move is a button, a place is a number, and the draft keeps both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pathways.planning.ranking import list_in_need
from pathways.queries.ranking import RankingPage, RankLine
from pathways.services.plan.parts import LONG
from pathways.web.forms import YES, Field, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
PLACE, OUT, MOTIVE, MOVED = "plats", "ryms-inte", "motiv", "flyttad"
WHOLE, SEEN, DO = "motiv", "sett", "gor"
UP, DOWN, SORT, BY_SCORE, DRAFT, SAVE = "upp", "ned", "sortera", "poang", "utkast", "spara"
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One activity in the order being set: the number typed, whether it is out, its motive, and if it was moved."""

    ref: str
    place: str
    is_out: bool = False
    motive: str = ""
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The whole order being set: its activities, the motive for the whole, and the order that it began from."""

    slots: tuple[Slot, ...]
    motive: str
    seen: str

    @property
    def order(self) -> list[str]:
        """Return the refs of the activities that are in, in their order."""
        return [slot.ref for slot in self.slots if not slot.is_out]

    @property
    def moved(self) -> list[str]:
        """Return the refs of those that somebody moved by hand or gave a motive for."""
        return [slot.ref for slot in self.slots if not slot.is_out and (slot.is_moved or slot.motive)]

    def in_need(self, page: RankingPage) -> tuple[str, ...]:
        """Return the refs of those that need a motive for standing where they stand."""
        return list_in_need(self.order, page.scored, self.moved)


def begin(page: RankingPage) -> Setting:
    """Return the order that stands, new activities after it; or the order by score where none has been set."""
    ranked = page.ranked or [one for one in page.by_score if one.scored_place]
    rest = [one for one in page.by_score if one not in ranked and not one.line.is_declined]
    slots = [_slot(one, page) for one in (*ranked, *rest, *page.declined)]
    motive = page.log[0].motive or "" if page.log else ""
    return numbered(Setting(tuple(slots), motive, page.seen))


def read(page: RankingPage, typed: Typed) -> Setting:
    """Return the order as it was typed, each activity of the plan in it; new ones come last."""
    slots = [
        Slot(
            one.ref,
            first(typed, f"{PLACE}-{one.ref}"),
            first(typed, f"{OUT}-{one.ref}") == YES,
            first(typed, f"{MOTIVE}-{one.ref}"),
            first(typed, f"{MOVED}-{one.ref}") == YES,
        )
        for one in page.by_score
    ]
    return Setting(tuple(_sorted(slots)), first(typed, WHOLE), first(typed, SEEN))


def move(setting: Setting, ref: str, *, up: bool) -> Setting:
    """Return the order with one activity a step up or down among those that are in."""
    order = setting.order
    if ref not in order:
        return numbered(setting)
    at = order.index(ref)
    to = max(0, at - 1) if up else min(len(order) - 1, at + 1)
    order.insert(to, order.pop(at))
    by_ref = {slot.ref: slot for slot in setting.slots}
    moved = {**by_ref, ref: replace(by_ref[ref], is_moved=True)}
    outside = [slot for slot in setting.slots if slot.is_out]
    return numbered(replace(setting, slots=(*(moved[one] for one in order), *outside)))


def by_score(setting: Setting, page: RankingPage) -> Setting:
    """Return the order with every activity where the score has it; motives stay, for what may be moved again."""
    last = len(setting.slots) + 1
    slots = [replace(slot, is_moved=False) for slot in setting.slots]
    slots.sort(key=lambda slot: (slot.is_out, page.scored.get(slot.ref, last)))
    return numbered(replace(setting, slots=tuple(slots)))


def numbered(setting: Setting) -> Setting:
    """Return the order with the numbers that belong to it."""
    places = iter(range(1, len(setting.slots) + 1))
    slots = tuple(replace(slot, place="" if slot.is_out else str(next(places))) for slot in setting.slots)
    return replace(setting, slots=slots)


def as_typed(setting: Setting) -> dict[str, list[str]]:
    """Return the order as a form would send it; the draft keeps it so."""
    typed = {WHOLE: [setting.motive], SEEN: [setting.seen]}
    for slot in setting.slots:
        typed[f"{PLACE}-{slot.ref}"] = [slot.place]
        typed[f"{OUT}-{slot.ref}"] = [YES] if slot.is_out else []
        typed[f"{MOTIVE}-{slot.ref}"] = [slot.motive]
        typed[f"{MOVED}-{slot.ref}"] = [YES] if slot.is_moved else []
    return typed


def order_data(setting: Setting) -> dict[str, object]:
    """Return the data of the command."""
    return {
        "order": setting.order,
        "motive": setting.motive,
        "declined": [{"activity": slot.ref, "motive": slot.motive} for slot in setting.slots if slot.is_out],
        "moves": [
            {"activity": slot.ref, "motive": slot.motive} for slot in setting.slots if not slot.is_out and slot.motive
        ],
    }


def find_faults(visit: Visit, page: RankingPage, setting: Setting) -> dict[str, str]:
    """Return what keeps the order from being sent, by field."""
    say = visit.texts.say
    faults = dict(_place_faults(visit, page, setting))
    need = setting.in_need(page)
    for slot in setting.slots:
        name = f"{MOTIVE}-{slot.ref}"
        title = page.title(slot.ref)
        if slot.is_out and len(slot.motive) < SHORTEST:
            faults[name] = say("web.plan.rank.fault.no_room", title=title)
        elif slot.ref in need and len(slot.motive) < SHORTEST:
            faults[name] = say("web.plan.rank.fault.moved", title=title)
        elif 0 < len(slot.motive) < SHORTEST:
            faults[name] = say("web.plan.rank.fault.short", title=title)
        elif len(slot.motive) > LONG:
            faults[name] = say("web.plan.rank.fault.long", title=title, n=LONG)
    if not SHORTEST <= len(setting.motive) <= LONG:
        faults[WHOLE] = say("web.plan.rank.fault.whole", n=LONG)
    return faults


def fields_of(visit: Visit, page: RankingPage, setting: Setting, faults: Mapping[str, str]) -> list[Field]:
    """Return the fields that an error summary may lead to, in the order of the page."""
    fields = (
        Field(name=name, label=page.title(slot.ref), error=faults.get(name, ""))
        for slot in setting.slots
        for name in (f"{PLACE}-{slot.ref}", f"{MOTIVE}-{slot.ref}")
    )
    return [*fields, whole_motive(visit, setting, faults)]


def motive_field(visit: Visit, slot: Slot, faults: Mapping[str, str], *, is_needed: bool) -> Field:
    """Return the question why an activity stands where it stands."""
    name = f"{MOTIVE}-{slot.ref}"
    label = "web.plan.rank.motive_no_room" if slot.is_out else "web.plan.rank.motive_one"
    return Field(
        name=name,
        label=visit.texts.say(label),
        kind="area",
        rows=2,
        value=slot.motive,
        required=is_needed or slot.is_out,
        error=faults.get(name, ""),
    )


def whole_motive(visit: Visit, setting: Setting, faults: Mapping[str, str]) -> Field:
    """Return the question why the order is as it is."""
    return Field(
        name=WHOLE,
        label=visit.texts.say("web.plan.rank.motive_whole"),
        help=visit.texts.say("web.plan.rank.motive_whole_help"),
        kind="area",
        rows=4,
        value=setting.motive,
        max_length=LONG,
        error=faults.get(WHOLE, ""),
    )


def told(page: RankingPage, setting: Setting) -> str:
    """Return an order in words, a line for each activity."""
    places = [f"{place}. {page.title(ref)}" for place, ref in enumerate(setting.order, start=1)]
    return "\n".join([*places, *(f"– {page.title(slot.ref)}" for slot in setting.slots if slot.is_out)])


def _place_faults(visit: Visit, page: RankingPage, setting: Setting) -> Iterable[tuple[str, str]]:
    taken: set[int] = set()
    for slot in setting.slots:
        if slot.is_out:
            continue
        name, title = f"{PLACE}-{slot.ref}", page.title(slot.ref)
        if not _is_place(slot.place):
            yield name, visit.texts.say("web.plan.rank.fault.place", title=title, n=len(setting.order))
        elif int(slot.place) in taken:
            yield name, visit.texts.say("web.plan.rank.fault.twice", title=title, place=slot.place)
        else:
            taken.add(int(slot.place))


def _is_place(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and 0 < int(typed) < 1000


def _sorted(slots: Sequence[Slot]) -> list[Slot]:
    """Return the slots by their numbers; those without a number after them, those that are out last."""
    return sorted(
        slots,
        key=lambda slot: (slot.is_out, not _is_place(slot.place), int(slot.place) if _is_place(slot.place) else 0),
    )


def _slot(one: RankLine, page: RankingPage) -> Slot:
    """Return an activity as it stands; a motive of its own is one that is not the motive of the whole."""
    whole = page.log[0].motive if page.log else None
    motive = one.line.row["motive"]
    return Slot(one.ref, "", one.line.is_declined, motive if motive and motive != whole else "")
