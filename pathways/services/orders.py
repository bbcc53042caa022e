"""Puts pydantic's complaints about an order into our own problems: field, and the sentence of what was expected."""

from pydantic import ValidationError

from pathways.errors import InvalidOrder, Problem

_SENTENCES = {
    "missing": "order.missing",
    "extra_forbidden": "order.unknown_field",
    "literal_error": "order.one_of",
    "enum": "order.one_of",
    "date_from_datetime_parsing": "order.date",
    "date_parsing": "order.date",
    "date_type": "order.date",
    "int_parsing": "order.integer",
    "int_type": "order.integer",
    "float_parsing": "order.figure",
    "float_type": "order.figure",
    "finite_number": "order.figure",
    "bool_parsing": "order.yes_no",
    "bool_type": "order.yes_no",
    "string_type": "order.text",
    "string_too_short": "order.too_short",
    "string_too_long": "order.too_long",
    "too_short": "order.empty_list",
    "list_type": "order.list",
    "tuple_type": "order.list",
    "greater_than_equal": "order.too_small",
    "less_than_equal": "order.too_large",
    "value_error": "order.rule",
    "https_link": "order.https_link",
    "wall_clock": "order.wall_clock",
}


def problems_of(command: str, error: ValidationError) -> InvalidOrder:
    """Return every problem of an order at once, each with the field's path."""
    problems = []
    for one in error.errors(include_url=False):
        context = one.get("ctx", {})
        expected = context.get("expected") or context.get("min_length") or context.get("max_length")
        bound = context.get("ge", context.get("le", expected))
        problems.append(
            Problem(
                field=".".join(str(part) for part in one["loc"]),
                sentence=_SENTENCES.get(one["type"], "order.other"),
                values={
                    "given": _shown(one.get("input")),
                    "expected": str(bound if bound is not None else ""),
                    "rule": str(context.get("error", "")),
                },
            )
        )
    return InvalidOrder(command, problems)


def _shown(given: object) -> str:
    """Return a short form of what was handed in; whole structures are not repeated."""
    return str(given)[:60] if isinstance(given, str | int | float | bool) else ""
