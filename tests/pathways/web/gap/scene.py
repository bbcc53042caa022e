"""Pathways with numbered steps of their own, and gap analyses of them at the places that tests begin at."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.catalogue.schema import CataloguePathway, CatalogueStep, CatalogueVersion, NationalStatus
from pathways.clock import SetClock
from pathways.models.base import CaseRow
from pathways.services.import_catalogue import import_catalogue
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.drive import Driver

WOUNDS = "svarlakta-sar"
FEET = "diabetes-fotsar"
CONSULTATION = (
    "Fånga upp personer med svårläkta sår i primärvården",
    "Ställ diagnos inom fyra veckor från första besök",
    "Behandla efter orsak och ordinera kompression",
    "Följ upp läkning och smärta var tredje månad",
    "Ge stöd till egenvård",
)
FINAL = (
    "Fånga upp personer med svårläkta sår i primärvården",
    "Ställ diagnos inom två veckor från första besök",
    "Behandla efter orsak och ordinera kompression",
    "Upprätta patientkontrakt tillsammans med patienten",
    "Följ upp läkning och smärta var tredje månad",
)
"""Step 2 is changed, a new step 4 pushes the old one to 5, and self-care is gone."""

LATER = "2021-09-01"


def publish_steps(
    app: App, slug: str, label: str, kind: str, titles: Sequence[str], *, name: str = "Svårläkta sår"
) -> None:
    """Bring a version with numbered steps into the catalogue, beside those that are there."""
    pathway = CataloguePathway(
        slug=slug,
        name=name,
        national_status=NationalStatus.IN_DEVELOPMENT,
        steps=tuple(
            CatalogueStep.model_validate({"ref": str(number), "title": title})
            for number, title in enumerate(titles, start=1)
        ),
        versions=(CatalogueVersion.model_validate({"label": label, "kind": kind}),),
    )
    with app.write() as work:
        import_catalogue(work, (pathway,))
        work.commit()


def asked(app: App, clock: SetClock, *units: str, slug: str = WOUNDS, name: str = "Svårläkta sår") -> Driver:
    """Give an introduction whose gap analysis of the consultation version is under way, with these units asked."""
    publish_steps(app, slug, "remiss 2021", "consultation", CONSULTATION, name=name)
    driver = Driver(app, clock, slug)
    driver.do("start")
    driver.prepare()
    if units:
        driver.do("invite_units", units=list(units), due_on=LATER)
    return driver


def answer_all(
    driver: Driver, unit: str, levels: Mapping[int, object] | None = None, *, by: str = "sam", **more: object
) -> None:
    """Let a unit answer every step: no gap, but for the steps that are named, which get a measure."""
    levels = levels or {}
    answers = [
        {
            "step": str(number),
            "level": levels.get(number, 0),
            **({"measure": "Utbilda alla", "causes": ["competence"]} if levels.get(number) in {2, 3} else {}),
            **more,
        }
        for number in range(1, 6)
    ]
    driver.do("answer_gap", by=by, unit=unit, answers=answers)


def finalise(driver: Driver) -> None:
    """Let the final version come into force, after the gap analysis was communicated."""
    driver.complete_required_tasks()
    driver.do("communicate_gap_analysis", by="ordf")
    publish_steps(driver.app, driver.slug, "2021", "final", FINAL)
    driver.go_to(driver.today + timedelta(days=1))
    driver.do("approve_nationally")


def case_rows(driver: Driver, kind: type[CaseRow], /, **where: object) -> list[Row]:
    """Return the standing rows of the introduction with these values, oldest first."""
    row = driver.row()
    assert row is not None
    table = table_of(kind)
    query = select(table).where(table.c.introduction_id == row["id"], table.c.voided_by.is_(None))
    with driver.app.read() as work:
        found = work.rows(query.order_by(table.c.made_in))
    return [one for one in found if all(one[name] == value for name, value in where.items())]
