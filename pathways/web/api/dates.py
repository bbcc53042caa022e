"""Dates and instants of the API: ISO text alone. A number is nobody's date, and a time without a zone is nobody's."""

from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError


def _text_only(value: object) -> object:
    if isinstance(value, str) and not value.strip().lstrip("-+").replace(".", "", 1).isdigit():
        return value
    raise PydanticCustomError("datetime_parsing", "expected an ISO instant with a zone: 2026-06-30T12:00:00Z")


Instant = Annotated[AwareDatetime, BeforeValidator(_text_only)]
"""An aware instant, written as text."""
