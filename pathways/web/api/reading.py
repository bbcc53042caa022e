"""What programs read: the board, an introduction, its history, worklists, the catalogue."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response
from fastapi.responses import JSONResponse
from sqlalchemy import bindparam, select

from pathways.models.catalogue import Pathway, PathwayVersion
from pathways.models.introduction import Introduction
from pathways.planning.instants import local_date
from pathways.queries.as_json import history_json, show_json, status_json, worklist_json
from pathways.queries.board import board
from pathways.queries.history import history
from pathways.queries.introduction import introduction
from pathways.queries.present import load_head
from pathways.queries.worklist import worklist
from pathways.storage.unit_of_work import UnitOfWork, table_of
from pathways.web.api.caller import Call, Reading
from pathways.web.api.dates import Instant

router = APIRouter(tags=["reading"])
Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,90}$", description="The introduction's name in addresses")]
AsOf = Annotated[Instant | None, Query(description="An earlier moment, with its zone")]

_introduction, _pathway, _version = (table_of(row) for row in (Introduction, Pathway, PathwayVersion))
_VERSION = (
    select(_introduction.c.version)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.slug == bindparam("slug"))
    .order_by(_introduction.c.number.desc())
    .limit(1)
)
_CATALOGUE = (
    select(
        *(_pathway.c[name] for name in ("slug", "name")),
        *(_version.c[name] for name in ("label", "kind", "published_on")),
    )
    .outerjoin(_version, _version.c.pathway_id == _pathway.c.id)
    .order_by(_pathway.c.slug, _version.c.id)
)


@router.get("/board")
def get_board(call: Reading, as_of: AsOf = None) -> JSONResponse:
    """Return the region's introductions, one row each, now or as of an earlier moment."""
    call.require_view("see_board")
    today = _today(call, as_of)
    with call.app.read() as work:
        rows = board(work, region_id=call.caller.region_id, profile=call.app.profile, today=today, as_of=as_of)
    return JSONResponse({"introductions": status_json(rows)})


@router.get("/introductions/{slug}")
def get_introduction(
    call: Reading, slug: Slug, as_of: AsOf = None, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Return one introduction with its offers and all that belongs to it; the ETag is its version."""
    call.require_view("see_introduction")
    with call.app.read() as work:
        if as_of is None and if_none_match is not None and if_none_match == etag_of(_seen(work, call, slug)):
            return Response(status_code=304, headers={"etag": if_none_match})
        view = introduction(
            work, region_id=call.caller.region_id, slug=slug, profile=call.app.profile, now=call.now, as_of=as_of
        )
    headers = {"etag": etag_of(view.position.version)} if as_of is None else {}
    return JSONResponse(show_json(view), headers=headers)


@router.get("/introductions/{slug}/history")
def get_history(call: Reading, slug: Slug) -> JSONResponse:
    """Return every accepted command of an introduction, the oldest first."""
    call.require_view("see_introduction")
    with call.app.read() as work:
        head = load_head(work, region_id=call.caller.region_id, slug=slug)
        rows = history(work, region_id=call.caller.region_id, introduction_id=head.introduction_id)
    return JSONResponse({"history": history_json(rows)})


@router.get("/worklist")
def get_worklist(call: Reading, person: Annotated[str, Query(pattern=r"^[a-z0-9-]{0,60}$")] = "") -> JSONResponse:
    """Return the open tasks of a person, the soonest first; without a name those of the token's own person."""
    wanted = person or call.caller.slug
    if wanted != call.caller.slug:
        call.require_view("see_people")
    today = _today(call, None)
    with call.app.read() as work:
        rows = worklist(work, region_id=call.caller.region_id, person=wanted, today=today)
    return JSONResponse({"tasks": worklist_json(rows)})


@router.get("/catalogue")
def get_catalogue(call: Reading) -> JSONResponse:
    """Return the national pathways with their versions."""
    call.require_view("see_catalogue")
    pathways: dict[str, dict[str, object]] = {}
    with call.app.read() as work:
        for row in work.rows(_CATALOGUE):
            found = pathways.setdefault(row["slug"], {"slug": row["slug"], "name": row["name"], "versions": []})
            versions = found["versions"]
            assert isinstance(versions, list)
            if row["label"] is not None:
                published = row["published_on"]
                on = published.isoformat() if published else None
                versions.append({"label": row["label"], "kind": str(row["kind"]), "published_on": on})
    return JSONResponse({"pathways": list(pathways.values())})


def etag_of(version: int) -> str:
    """Return the entity tag of an introduction's version."""
    return f'"{version}"'


def _seen(work: UnitOfWork, call: Call, slug: str) -> int:
    return int(work.value(_VERSION, {"region": call.caller.region_id, "slug": slug}) or 0)


def _today(call: Call, as_of: datetime | None) -> date:
    return local_date(as_of or call.now, call.app.profile.region.zone)
