"""What a form posted, as pages take it: `form: FormDep`. Pages themselves are plain functions that cannot wait."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from pathways.web.forms import read_form

Posted = dict[str, list[str]]
LARGEST = 2 * 1024 * 1024
"""Bytes of a form without files: a gap analysis written at length, with every å, ä and ö as six letters, has half."""


async def read_posted(request: Request) -> Posted:
    """Return what was typed, by field; files are left out. A body past `LARGEST` is not read: 413."""
    declared = request.headers.get("content-length", "")
    if not declared.isdecimal() or int(declared) > LARGEST:  # browsers always say how much they send
        raise HTTPException(413)
    async with request.form() as form:
        return read_form(form)


FormDep = Annotated[Posted, Depends(read_posted)]
