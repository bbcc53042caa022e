"""The steps that a version asks about, with their words: its own from the catalogue, else the profile's."""

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayStep
from pathways.profiles.schema import Profile
from pathways.services.gap.step_diff import TitledStep
from pathways.storage.unit_of_work import UnitOfWork, table_of

_step = table_of(PathwayStep)
_STEPS = (
    select(_step.c.version_id, _step.c.step, _step.c.title_sv, _step.c.title_en)
    .where(_step.c.version_id.in_(bindparam("versions", expanding=True)))
    .order_by(_step.c.version_id, _step.c.ordinal)
)


def list_steps(work: UnitOfWork, profile: Profile, *version_ids: int) -> dict[int, tuple[TitledStep, ...]]:
    """Return the steps of each version, in the order of the pathway."""
    found: dict[int, list[TitledStep]] = {version_id: [] for version_id in version_ids}
    for row in work.rows(_STEPS, {"versions": list(version_ids)}):
        found[row["version_id"]].append(TitledStep(row["step"], {"sv": row["title_sv"], "en": row["title_en"]}))
    default = tuple(TitledStep(step.ref, {"sv": step.title.sv, "en": step.title.en}) for step in profile.default_steps)
    return {version_id: tuple(steps) or default for version_id, steps in found.items()}
