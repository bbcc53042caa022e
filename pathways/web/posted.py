"""What a form posted, as pages take it: `form: FormDep`. Pages themselves are plain functions that cannot wait."""

from typing import Annotated

from fastapi import Depends, Request

from pathways.web.forms import read_form

Posted = dict[str, list[str]]


async def read_posted(request: Request) -> Posted:
    """Return what was typed, by field; files are left out."""
    async with request.form() as form:
        return read_form(form)


FormDep = Annotated[Posted, Depends(read_posted)]
