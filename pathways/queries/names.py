"""The names around one introduction: units and bodies of its region, and the steps its gap analysis asks about."""

from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayStep
from pathways.models.organisation import Body, Unit
from pathways.profiles.schema import Profile
from pathways.queries.people import People
from pathways.queries.views import Title
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import UnitOfWork, table_of

_body, _step, _unit = table_of(Body), table_of(PathwayStep), table_of(Unit)
_AROUND = Gathering(
    bodies=select(_body.c.id, _body.c.name, _body.c.short).where(_body.c.region_id == bindparam("region")),
    units=select(_unit.c.id, _unit.c.name).where(_unit.c.region_id == bindparam("region")),
    steps=select(_step.c.ordinal, _step.c.step, _step.c.title_sv, _step.c.title_en).where(
        _step.c.version_id == bindparam("version")
    ),
)


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers mean to a person. `steps` stand in the order of the pathway."""

    people: People
    units: dict[int, str]
    bodies: dict[int, str]
    steps: dict[str, Title]

    def unit(self, unit_id: int | None) -> str | None:
        """Return a unit's name, or None where there is no unit."""
        return self.units.get(unit_id) if unit_id is not None else None


def load_names_around(
    work: UnitOfWork, people: People, profile: Profile, *, region_id: int, version_id: int | None
) -> Names:
    """Return the names; without numbered steps of its own a version has the profile's."""
    read = _AROUND.read(work, {"region": region_id, "version": version_id})
    own: dict[str, Title] = {
        row["step"]: {"sv": row["title_sv"], "en": row["title_en"]}
        for row in sorted(read["steps"], key=itemgetter("ordinal"))
    }
    default: dict[str, Title] = {step.ref: {"sv": step.title.sv, "en": step.title.en} for step in profile.default_steps}
    units = {row["id"]: row["name"] for row in read["units"]}
    return Names(people, units, {row["id"]: row["short"] or row["name"] for row in read["bodies"]}, own or default)
