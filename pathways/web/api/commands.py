"""What programs do: one route for every use case, so that each has a body of its own in the description.

`Idempotency-Key` makes a repeat harmless: it is the command's id. `If-Match` names the version that was seen.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path
from pydantic import BaseModel, Field, create_model

from pathways.errors import InvalidOrder, Problem
from pathways.services.ask import COMMAND_ID_LENGTH, Ask, Order, Receipt
from pathways.services.lifecycle.start import Start
from pathways.services.registry import USE_CASES
from pathways.web.api.caller import Writing

router = APIRouter(tags=["commands"])
Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,90}$")]
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=8, max_length=COMMAND_ID_LENGTH, pattern=r"^[A-Za-z0-9._:-]+$"),
]
Match = Annotated[str | None, Header(alias="If-Match", description='The version that was seen: "12", or * for any')]
_VERSION = re.compile(r'(?:W/)?"(\d{1,9})"', re.ASCII)


class MadeOut(BaseModel):
    """A row that a command made, by the kind of thing and its name within the introduction."""

    kind: str
    ref: str


class ReceiptOut(BaseModel):
    """What came of an accepted command. `repeated` says that the key was used before and nothing happened now."""

    slug: str
    command: str
    seq: int
    place: str
    repeated: bool
    made: list[MadeOut]


class Body(BaseModel):
    """What every command may bring besides its own data."""

    model_config = {"extra": "forbid"}

    reason: str | None = Field(default=None, max_length=4000)


def _add(command: str, order: type[Order]) -> None:
    """Add the route of one command; its body has the command's own data."""
    needed = any(field.is_required() for field in order.model_fields.values())
    data: Any = (order, ...) if needed else (order, Field(default_factory=order))  # Any: create_model's own form
    body = create_model(f"{_camel(command)}Body", __base__=Body, data=data)
    router.add_api_route(
        f"/introductions/{{slug}}/commands/{command}",
        _endpoint(command, body),
        methods=["POST"],
        response_model=ReceiptOut,
        name=command,
        summary=command,
    )


def _endpoint(command: str, body: type[Body]) -> Callable[..., ReceiptOut]:
    def endpoint(call: Writing, slug: Slug, given: Body, key: Key = None, match: Match = None) -> ReceiptOut:
        ask = Ask(actor=call.caller.slug, reason=given.reason, version=_version(match), command_id=key or "")
        data = getattr(given, "data").model_dump(exclude_unset=True)  # noqa: B009 - the base class has none
        return _shown(call.app.run(slug, command, data, ask))

    endpoint.__annotations__["given"] = body
    return endpoint


def _version(match: str | None) -> int | None:
    if match is None or match.strip() == "*":
        return None
    found = _VERSION.fullmatch(match.strip())
    if found is None:
        raise InvalidOrder("", [Problem("If-Match", "order.other", {"given": match[:60], "expected": '"12"'})])
    return int(found[1])


def _shown(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(
        slug=receipt.slug,
        command=receipt.command,
        seq=receipt.seq,
        place=receipt.place,
        repeated=receipt.repeated,
        made=[MadeOut(kind=kind, ref=ref) for kind, ref in receipt.made],
    )


def _camel(command: str) -> str:
    return "".join(part.capitalize() for part in command.split("_"))


_add("start", Start)
for _name, _use_case in USE_CASES.items():
    _add(_name, _use_case.order)
