"""The names around one introduction: units and bodies of its region, and the steps its gap analysis asks about."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayStep
from pathways.models.organisation import Body
from pathways.profiles.schema import Profile
from pathways.queries.people import People, load_units
from pathways.queries.views import Title
from pathways.storage.unit_of_work import UnitOfWork, table_of

_body, _step = table_of(Body), table_of(PathwayStep)
_BODIES = select(_body.c.id, _body.c.name, _body.c.short).where(_body.c.region_id == bindparam("region"))
_STEPS = (
    select(_step.c.step, _step.c.title_sv, _step.c.title_en)
    .where(_step.c.version_id == bindparam("version"))
    .order_by(_step.c.ordinal)
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
    own: dict[str, Title] = {
        row["step"]: {"sv": row["title_sv"], "en": row["title_en"]}
        for row in work.rows(_STEPS, {"version": version_id})
    }
    default: dict[str, Title] = {step.ref: {"sv": step.title.sv, "en": step.title.en} for step in profile.default_steps}
    bodies = {row["id"]: row["short"] or row["name"] for row in work.rows(_BODIES, {"region": region_id})}
    return Names(people, load_units(work, region_id=region_id), bodies, own or default)
