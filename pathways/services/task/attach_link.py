"""Attach a link to a task: a document that lives somewhere else."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pathways.models.attachment import Attachment, AttachmentKind
from pathways.models.task import Task
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.task.own import act_for, is_own


def _https(link: str) -> str:
    """Only encrypted pages are linked to: another scheme could run something, or show what is typed to others."""
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname or parts.username is not None or any(map(str.isspace, link)):
        raise PydanticCustomError("https_link", "not an https address")
    return link


class AttachLink(Order):
    """Which task, the address, and what it is called."""

    task: str
    link: Annotated[str, Field(max_length=2000), AfterValidator(_https)]
    title: Annotated[str, Field(min_length=1, max_length=200)]


def attach_link(case: Case, order: AttachLink) -> None:
    """Keep the link."""
    act_for(case, row_of(case, Task, order.task))
    case.insert(
        Attachment,
        task_ref=order.task,
        kind=AttachmentKind.LINK,
        name=order.title,
        link=order.link,
        added_by=case.actor_id,
        added_at=case.now,
    )


USE_CASE = UseCase("attach_link", AttachLink, attach_link, owned=is_own)
