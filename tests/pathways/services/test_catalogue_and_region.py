"""The national catalogue and a region are written whole or not at all, and writing them again changes nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.catalogue.read import read_national_catalogue
from pathways.catalogue.schema import CatalogueGoal, CataloguePathway, CatalogueStep, CatalogueVersion, NationalStatus
from pathways.errors import Refused
from pathways.models.catalogue import CatalogueImport, Pathway, PathwayGoal, PathwayStep, PathwayVersion
from pathways.models.organisation import Body, ClosingDay, Meeting, Origin, Person, Region, RegionRole, Unit
from pathways.profiles.schema import Profile
from pathways.reading.fields import LocalText
from pathways.services.import_catalogue import CatalogueChange, import_catalogue
from pathways.services.set_up_region import set_up_region
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.furnished import CAST, UNITS

TODAY = date(2021, 6, 9)
_pathway, _version, _meeting, _body = (table_of(kind) for kind in (Pathway, PathwayVersion, Meeting, Body))
ORGANISATION = (Region, Body, Meeting, Unit, Person, RegionRole, ClosingDay)


def pathway(*labels: str, **change: object) -> CataloguePathway:
    versions = tuple(CatalogueVersion(label=label, kind="final") for label in labels)
    given = {"slug": "prov", "name": "Prov", "national_status": NationalStatus.APPROVED, "versions": versions}
    return CataloguePathway.model_validate({**given, **change})


def bring(app: App, *pathways: CataloguePathway) -> CatalogueChange:
    with app.write() as work:
        change = import_catalogue(work, pathways)
        work.commit()
    return change


def stored(app: App, *kinds: type) -> dict[str, list[Row]]:
    with app.read() as work:
        return {kind.__name__: work.rows(select(table_of(kind))) for kind in kinds}


def test_the_national_catalogue_has_its_27_pathways(app: App) -> None:
    assert len(stored(app, Pathway)["Pathway"]) == 27


def test_a_second_import_changes_nothing(app: App) -> None:
    kinds = (Pathway, PathwayVersion, PathwayGoal, PathwayStep)
    before = stored(app, *kinds)
    change = bring(app, *read_national_catalogue())
    assert change == CatalogueChange(new=(), changed=(), versions=0, unchanged=27)
    assert stored(app, *kinds) == before


def test_every_import_is_noted_with_its_digest(app: App) -> None:
    bring(app, pathway("2022"))
    bring(app, pathway("2022"))
    first, second = stored(app, CatalogueImport)["CatalogueImport"][-2:]
    assert first["digest"] == second["digest"]
    assert (first["pathways_new"], second["pathways_new"]) == (1, 0)


def test_a_changed_pathway_is_named_and_a_new_version_counted(app: App) -> None:
    bring(app, pathway("2022"))
    change = bring(app, pathway("2022", "2023", name="Provat"))
    assert (change.new, change.changed, change.versions) == ((), ("prov",), 1)


def test_versions_are_numbered_upwards_and_never_taken_away(app: App) -> None:
    bring(app, pathway("2022", "2023"))
    bring(app, pathway("2024"))
    with app.read() as work:
        query = select(_version.c.number, _version.c.label).join(_pathway, _pathway.c.id == _version.c.pathway_id)
        found = work.rows(query.where(_pathway.c.slug == "prov").order_by(_version.c.number))
    assert [(one["number"], one["label"]) for one in found] == [(1, "2022"), (2, "2023"), (3, "2024")]


def test_the_steps_of_a_version_are_asked_about_in_their_order(app: App) -> None:
    steps = tuple(CatalogueStep(ref=ref, title=LocalText(sv=ref, en=ref)) for ref in ("B", "A"))
    bring(app, pathway("2022", steps=steps))
    assert [(one["step"], one["ordinal"]) for one in stored(app, PathwayStep)["PathwayStep"][-2:]] == [
        ("B", 1),
        ("A", 2),
    ]


def test_a_goal_is_brought_up_to_date_in_place(app: App) -> None:
    for target in (80, 90):
        goal = CatalogueGoal(
            name="Andel", kind="process", direction="higher", target=target, unit="%", basis="stated_goal"
        )
        bring(app, pathway("2022", goal_indicators=(goal,)))
    goals = [one for one in stored(app, PathwayGoal)["PathwayGoal"] if one["name"] == "Andel"]
    assert [one["target"] for one in goals] == [90]


def test_an_import_that_fails_half_way_writes_nothing(app: App) -> None:
    before = stored(app, Pathway, PathwayVersion, CatalogueImport)
    broken = pathway("2022", slug="prov-2").model_copy(update={"name": None})
    with pytest.raises(Exception, match=r"(?i)null"):
        bring(app, pathway("2022"), broken)
    assert stored(app, Pathway, PathwayVersion, CatalogueImport) == before


def set_up(app: App, profile: Profile, *, today: date = TODAY) -> None:
    with app.write() as work:
        set_up_region(work, profile, today=today, units=UNITS, people=CAST)
        work.commit()


def test_setting_a_region_up_again_changes_nothing(app: App) -> None:
    before = stored(app, *ORGANISATION)
    set_up(app, app.profile)
    assert stored(app, *ORGANISATION) == before


def test_setting_up_later_adds_the_meetings_that_came_into_sight(app: App) -> None:
    before = stored(app, Meeting)["Meeting"]
    set_up(app, app.profile, today=TODAY + timedelta(days=365))
    after = stored(app, Meeting)["Meeting"]
    assert len(after) > len(before)
    assert [one for one in before if one not in after] == []


def with_lead(profile: Profile, days: int) -> Profile:
    bodies = tuple(
        body.model_copy(update={"lead": body.lead.model_copy(update={"hand_in": days})}) if body.slug == "hsn" else body
        for body in profile.bodies
    )
    return profile.model_copy(update={"bodies": bodies})


def test_a_new_lead_of_the_profile_moves_the_hand_in_days_ahead(app: App) -> None:
    set_up(app, with_lead(app.profile, 42))
    query = select(_meeting).join(_body, _body.c.id == _meeting.c.body_id).where(_body.c.slug == "hsn")
    with app.read() as work:
        leads = {one["held_on"] - one["hand_in_on"] for one in work.rows(query)}
    assert min(leads) >= timedelta(days=42)


def test_invented_data_never_comes_into_a_region_of_real_data(app: App) -> None:
    before = stored(app, *ORGANISATION)
    with app.write() as work, pytest.raises(Refused) as refused:
        set_up_region(work, app.profile, today=TODAY, origin=Origin.DEMO)
    assert refused.value.sentence == "error.other_origin"
    assert stored(app, *ORGANISATION) == before


def test_a_person_who_is_there_is_left_as_they_are(app: App) -> None:
    with app.write() as work:
        work.update(Person, {"slug": "sam"}, {"address": "mailto://ny@forlopp.example"})
        work.commit()
    set_up(app, app.profile)
    person = next(one for one in stored(app, Person)["Person"] if one["slug"] == "sam")
    assert person["address"] == "mailto://ny@forlopp.example"


def test_closing_days_of_the_profile_are_written_once(app: App) -> None:
    calendar = app.profile.calendar.model_copy(update={"closing_days": (date(2021, 12, 27),)})
    closed = app.profile.model_copy(update={"calendar": calendar})
    set_up(app, closed)
    set_up(app, closed)
    assert [one["closed_on"] for one in stored(app, ClosingDay)["ClosingDay"]] == [date(2021, 12, 27)]
