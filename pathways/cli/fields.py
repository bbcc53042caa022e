"""Tells which data a command of `do` needs: each field with its kind, and an example that can be copied.

Everything follows from the order's own schema, so that help and check can never disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pathways.cli.call import Call
from pathways.services.lifecycle.start import NAME as START
from pathways.services.lifecycle.start import Start
from pathways.services.registry import use_case_of

Schema = Mapping[str, Any]  # Any: JSON schema
EXAMPLES: Mapping[str, object] = {
    "activity": "14.1",
    "attachment": "8.1",
    "body": "hsn",
    "content": "JVBERi0xLjcK",
    "gaps": ["12.1"],
    "indicator": "dagar-till-forsta-besok",
    "link": "https://region.example/protokoll",
    "months": 6,
    "name": "protokoll.pdf",
    "order": ["14.1", "14.2"],
    "paragraph_no": "§ 12",
    "period": "2026-05",
    "person": "anna",
    "receiver": "anna",
    "register_no": "HSN 2026/123",
    "responsible": "anna",
    "role": "lag_chair",
    "starts": "2026-05",
    "task": "3.2",
    "through": "2026-04",
    "to": "anna",
    "undo_to": 12,
    "unit": "vc-falun",
    "units": ["vc-falun"],
    "step": "1",
}
EXAMPLE_DAY = "2026-11-21"


@dataclass(frozen=True, slots=True)
class FieldNote:
    """One field of an order: its name (with those around it), what it may hold, whether it must be there."""

    path: str
    name: str
    kind: str
    choices: tuple[str, ...]
    required: bool


def schema_of(command: str) -> Schema:
    """Return the schema of a command's data; an unknown command is refused with the nearest known ones."""
    order = Start if command == START else use_case_of(command).order
    return cast(Schema, order.model_json_schema())


def list_fields(schema: Schema) -> list[FieldNote]:
    """Return every field of an order, those inside lists after the list itself."""
    return list(_fields(schema, schema.get("$defs", {}), ""))


def build_example(schema: Schema) -> dict[str, object]:
    """Return data with the required fields that passes the check of kinds; names in it are made up."""
    return _example_of(schema, schema.get("$defs", {}))


def field_line(call: Call, command: str, note: FieldNote) -> tuple[str, str]:
    """Return a field's name and what to put into it, in words."""
    own = f"field.{note.name}.{command}"
    told = call.texts.say(own if call.texts.has(own) else f"field.{note.name}")
    kind = call.texts.word("cli.kind", note.kind)
    parts = [f"{told} ({kind})"]
    if note.choices:
        parts.append(call.texts.say("cli.do.one_of", values=", ".join(note.choices)))
    if not note.required:
        parts.append(call.texts.say("cli.do.optional"))
    return note.path, "; ".join(parts)


def _fields(schema: Schema, parts: Schema, prefix: str) -> Iterator[FieldNote]:
    required = schema.get("required", ())
    for name, raw in schema.get("properties", {}).items():
        branches = _branches(raw, parts)
        kind = _kind(branches[0])
        item = _resolve(branches[0].get("items", {}), parts)
        choices = (choice for branch in (*branches, item) for choice in branch.get("enum", ()))
        yield FieldNote(f"{prefix}{name}", name, kind, tuple(map(str, choices)), name in required)
        yield from _fields(item, parts, f"{prefix}{name}[].")


def _branches(schema: Schema, parts: Schema) -> list[Schema]:
    """Return the forms a value may have, null left out."""
    forms = [_resolve(form, parts) for form in schema.get("anyOf", [schema])]
    return [form for form in forms if form.get("type") != "null"]


def _resolve(schema: Schema, parts: Schema) -> Schema:
    reference = schema.get("$ref")
    return cast(Schema, parts[reference.rpartition("/")[2]]) if reference else schema


def _kind(schema: Schema) -> str:
    if schema.get("format") == "date":
        return "date"
    return {"integer": "integer", "boolean": "yes_no", "array": "list"}.get(str(schema.get("type")), "text")


def _example_of(schema: Schema, parts: Schema) -> dict[str, object]:
    return {
        name: _value(name, _branches(schema["properties"][name], parts)[0], parts)
        for name in schema.get("required", ())
    }


def _value(name: str, form: Schema, parts: Schema) -> object:
    if name in EXAMPLES:
        return EXAMPLES[name]
    if form.get("enum"):
        return form["enum"][0]
    match _kind(form):
        case "date":
            return EXAMPLE_DAY
        case "integer":
            return int(form.get("minimum", 1))
        case "yes_no":
            return True
        case "list":
            return [_item(_resolve(form["items"], parts), parts)]
    return "…".ljust(int(form.get("minLength", 1)), "…")


def _item(form: Schema, parts: Schema) -> object:
    if "properties" in form:
        return _example_of(form, parts)
    return form["enum"][2] if len(form.get("enum", ())) > 2 else "…"
