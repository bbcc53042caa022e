"""Translates the model library's faults into our sentences: which id, and which values the sentence needs."""

import re
from collections.abc import Callable
from types import NoneType
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pathways.reading.problems import Flaw, nearest, spell

Values = dict[str, str | int]

_EXPECTED = {
    "int_type": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "float_parsing": "number",
    "bool_type": "true_or_false",
    "string_type": "text",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
_WRONG_KEY = "[key]"  # what the library adds to the place when the key itself is the fault
_LIMITS = {
    "greater_than_equal": ("input.too_small", "ge"),
    "less_than_equal": ("input.too_large", "le"),
    "too_short": ("input.too_few", "min_length"),
    "string_too_long": ("input.too_long", "max_length"),
}


def flaw_of(error: ErrorDetails, model: type[BaseModel]) -> Flaw:
    """Return the flaw that one fault of the library stands for."""
    sentence, values = _sentence(error, model)
    where = error["loc"]
    return Flaw(where[:-1] if where[-1:] == (_WRONG_KEY,) else where, sentence, values)


def _sentence(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, Values]:
    kind, context, given = error["type"], error.get("ctx", {}), spell(error["input"])
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        return "input.unknown_key", {"key": key, "known": nearest(key, _keys_at(model, error["loc"][:-1]))}
    if kind == "missing":
        return "input.missing_key", {"key": str(error["loc"][-1])}
    if kind in ("enum", "literal_error"):
        known = [word or number for word, number in re.findall(r"'([^']*)'|(-?\d+)", context["expected"])]
        return "input.expected_one_of", {"given": given, "known": nearest(given, known)}
    if kind in _LIMITS:
        sentence, limit = _LIMITS[kind]
        return sentence, {"given": given, "n": context[limit]}
    if kind in _EXPECTED:
        return f"input.expected_{_EXPECTED[kind]}", {"given": given}
    if kind.startswith(("input.", "profile.", "catalogue.")):
        return kind, {"given": given}
    return "input.wrong_value", {"given": given}


def _keys_at(model: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model knows at a place."""
    found: object = model
    for part in where:
        found = _inside(found, part)
    inner = _model_in(found)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def _inside(kind: object, part: str | int) -> object:
    """Return the type found one step down: a field of a model, or the value of a mapping or list."""
    if isinstance(part, str) and (model := _model_in(kind)) is not None:
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        return fields.get(part)
    inner = _container_in(kind)
    return next((arg for arg in reversed(get_args(inner)) if arg is not Ellipsis), None)


def _model_in(kind: object) -> type[BaseModel] | None:
    found = _first(kind, lambda part: isinstance(part, type) and not get_args(part) and issubclass(part, BaseModel))
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _container_in(kind: object) -> object:
    return _first(kind, lambda part: get_origin(part) in (tuple, list, dict))


def _first(kind: object, fits: Callable[[object], bool]) -> object:
    """Return the first part of an optional or annotated type that fits."""
    if fits(kind):
        return kind
    if get_origin(kind) in (tuple, list, dict):
        return None
    parts = (_first(part, fits) for part in get_args(kind) if part is not NoneType)
    return next((part for part in parts if part is not None), None)
