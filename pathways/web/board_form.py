"""The board's ways to other views: the form, the named views, the sorting links, and what can be taken away again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pathways.queries.board_choice import SORTS, STANDINGS, list_roles
from pathways.storage.collation import swedish_key
from pathways.web.board_address import (
    MOST_FIRST,
    VIEWS,
    Asked,
    address_of,
    sort_value,
    sorted_by,
)
from pathways.web.board_shown import Shown, role_names
from pathways.web.forms import YES, Field, Option
from pathways.web.navigation import Link
from pathways.web.visit import Visit
from states.snapshot import Phase


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: the way to sort by it, and how it is sorted now as `aria-sort` says it."""

    href: str
    direction: str


def list_fields(visit: Visit, shown: Shown) -> dict[str, Field]:
    """Return the questions of the form by name, filled with what was asked for and with what is wrong with it."""
    choice, texts = shown.asked.choice, visit.texts
    order = sort_value(choice.sort, descending=choice.descending)
    fields = (
        Field(name="q", label=texts.say("web.board.field.q"), value=choice.words, required=False),
        _select(visit, "fas", choice.phase, _phases(visit)),
        _select(visit, "lage", choice.standing, _standings(visit)),
        _select(visit, "boll", choice.role, _roles(visit, shown)),
        Field(
            name="sortera",
            label=texts.say("web.board.field.sortera"),
            kind="select",
            value=order,
            options=_orders(visit),
            required=False,
        ),
        Field(
            name="datum",
            label=texts.say("web.board.field.datum"),
            help=texts.say("web.board.help.datum"),
            kind="date",
            value=shown.asked.typed.get("datum", ""),
            required=False,
        ),
        _tick(visit, "sena", is_ticked=choice.late),
        _tick(visit, "mina", is_ticked=choice.mine),
    )
    return {one.name: _with_error(visit, one, shown.asked) for one in fields}


def list_views(visit: Visit, asked: Asked, path: str) -> list[Link]:
    """Return the ways to the named views; the day is kept."""
    return [
        Link(
            address_of(path, Asked(choice, asked.day)), visit.texts.word("web.board.view", name), asked.is_view(choice)
        )
        for name, choice in VIEWS.items()
    ]


def list_heads(asked: Asked, path: str) -> dict[str, Head]:
    """Return the heading of each column that can be sorted by."""
    turned = "descending" if asked.choice.descending else "ascending"
    return {
        column: Head(address_of(path, sorted_by(asked, column)), turned if column == asked.choice.sort else "")
        for column in SORTS
    }


def list_filters(visit: Visit, asked: Asked, path: str) -> list[tuple[str, str]]:
    """Return what narrows the view, in words, each with the address of the view without it."""
    return [(words, address_of(path, asked.with_choice(**without))) for words, without in _filters(visit, asked)]


def is_form_open(asked: Asked) -> bool:
    """Say whether the whole form is shown: something in it is wrong, or narrows the view to what has no name."""
    has_name = any(asked.is_view(choice) for choice in VIEWS.values())
    return bool(asked.errors) or asked.day is not None or (asked.choice.narrows and not has_name)


def describe(visit: Visit, asked: Asked) -> str:
    """Return what narrows the view in one line, for paper and files."""
    return ", ".join(words for words, _ in _filters(visit, asked)) or visit.texts.say("web.board.unfiltered")


def _filters(visit: Visit, asked: Asked) -> Iterator[tuple[str, dict[str, object]]]:
    choice, texts = asked.choice, visit.texts
    if choice.words:
        yield texts.say("web.board.filter.q", words=choice.words), {"words": ""}
    if choice.phase:
        yield texts.say("web.board.filter.fas", phase=texts.word("phase", choice.phase)), {"phase": ""}
    if choice.standing:
        yield texts.say("web.board.filter.lage", standing=texts.word("state", choice.standing)), {"standing": ""}
    if choice.role:
        yield texts.say("web.board.filter.boll", role=role_names(visit)[choice.role]), {"role": ""}
    if choice.late:
        yield texts.say("web.board.filter.sena"), {"late": False}
    if choice.mine:
        yield texts.say("web.board.filter.mina"), {"mine": False}


def _select(visit: Visit, name: str, value: str, options: list[Option]) -> Field:
    everything = Option(value="", label=visit.texts.word("web.board.all", name))
    label = visit.texts.word("web.board.field", name)
    return Field(name=name, label=label, kind="select", value=value, options=(everything, *options), required=False)


def _tick(visit: Visit, name: str, *, is_ticked: bool) -> Field:
    label = visit.texts.word("web.board.field", name)
    return Field(name=name, label=label, kind="checkbox", value=YES if is_ticked else "")


def _with_error(visit: Visit, one: Field, asked: Asked) -> Field:
    sentence = asked.errors.get(one.name)
    return replace(one, error=visit.texts.say(sentence, field=one.label)) if sentence else one


def _phases(visit: Visit) -> list[Option]:
    return [Option(value=phase, label=visit.texts.word("phase", phase)) for phase in Phase]


def _standings(visit: Visit) -> list[Option]:
    words = {one: visit.texts.word("state", one) for one in STANDINGS}
    return [Option(value=one, label=word[:1].upper() + word[1:]) for one, word in words.items()]


def _roles(visit: Visit, shown: Shown) -> list[Option]:
    names, chosen = role_names(visit), shown.asked.choice.role
    held = {*list_roles(shown.everything), *([chosen] if chosen else [])}
    return [Option(value=role, label=names[role]) for role in sorted(held, key=lambda role: swedish_key(names[role]))]


def _orders(visit: Visit) -> tuple[Option, ...]:
    """Return every column both ways round, its usual way first."""
    ways = [(column, is_turned) for column in SORTS for is_turned in (column in MOST_FIRST, column not in MOST_FIRST)]
    return tuple(
        Option(value=sort_value(column, descending=turned), label=_order(visit, column, turned=turned))
        for column, turned in ways
    )


def _order(visit: Visit, column: str, *, turned: bool) -> str:
    return visit.texts.word("web.board.order_turned" if turned else "web.board.order", column)
