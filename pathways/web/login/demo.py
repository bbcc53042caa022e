"""`/logga-in/demo/<person>`: the demo's people, one click away, without any proof.

Only where the process was started for the demo, for a client on this machine that no proxy speaks for, and in a
region of example data. Anywhere else there is no such page.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from pathways.models.access import LoginWay
from pathways.services.access.demo_login import DemoPerson, list_demo_people
from pathways.services.access.link_target import HOME
from pathways.simulation.world import COORDINATOR, MANAGERS, RESOURCES
from pathways.web.config import is_loopback
from pathways.web.login.arrive import arrive, begin
from pathways.web.visit import MaybeVisitDep, NotFound, Visit

router = APIRouter()
PEOPLE = {COORDINATOR: "coordinator", RESOURCES[0]: "development_resource", MANAGERS[0]: "management_group_member"}
"""Who can be picked, and the role that each shows."""
SPEAKS_FOR_ANOTHER = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.post("/logga-in/demo/{slug}")
def log_in_as(visit: MaybeVisitDep, slug: str, till: Annotated[str, Form()] = HOME) -> Response:
    """Begin a session as one of the demo's people."""
    person = next((one for one, _role in demo_people(visit) if one.slug == slug), None)
    if person is None:
        raise NotFound
    session = visit.installation.retry(lambda work: begin(visit, work, person.person_id, way=LoginWay.DEMO))
    return arrive(visit, session, till)


def demo_people(visit: Visit) -> list[tuple[DemoPerson, str]]:
    """Return who can be picked by this client, each with a role; nobody outside the demo."""
    if not visit.config.demo or not comes_from_here(visit.request):
        return []
    with visit.installation.database.read(visit.now) as work:
        return [(person, PEOPLE[person.slug]) for person in list_demo_people(work, tuple(PEOPLE))]


def comes_from_here(request: Request) -> bool:
    """Say whether the client is on this machine, asks for it by a name of its own, and no proxy stands between."""
    if any(name in request.headers for name in SPEAKS_FOR_ANOTHER):
        return False
    host = request.url.hostname or ""  # a foreign name that leads here would be another site's page
    return request.client is not None and is_loopback(request.client.host) and is_loopback(host)
