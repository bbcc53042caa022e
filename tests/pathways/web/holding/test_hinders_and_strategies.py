"""The headings of what hinders where a unit answers, and the strategies where an activity is planned."""

from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity
from tests.pathways.drive import drive_to
from tests.pathways.services.judge import rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import fill, form_at
from tests.pathways.web.plan.scene import at_plan, refs

STEP = "/forlopp/kol/gapanalys/vc-falun/steg/1"


def test_a_unit_says_where_what_hinders_lies_and_everybody_sees_it_beside_the_causes(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "mapping")
    driver.do("invite_units", units=["vc-falun"], due_on="2022-01-31")
    client = web.as_("vcf")
    answers = {"level": "2", "causes": ["routine"], "hinders": ["unit", "process"], "measure": "Skriv rutin"}
    assert client.post(STEP, data=fill(client, STEP, **answers)).status_code == 303
    assert form_at(client.get(STEP).text, STEP)["hinders"] == ["unit", "process"]
    review = "/forlopp/kol/gapanalys/vc-falun/granska"
    assert "Genomförandet: hur förändringen planeras och leds" in client.get(review).text
    step = {"step": "1", "level": 2, "measure": "Skriv rutin", "hinders": ["unit"]}
    driver.do("answer_gap", by="vcf", unit="vc-falun", answers=[step])
    assert rows(driver, GapAnswer)[0]["hinders"] == ["unit"]
    assert "Enheten: tid, plats, ledning och vanor" in web.as_("sam").get("/forlopp/kol/gapanalys/steg/1").text
    assert "Enheten: tid, plats, ledning och vanor" in web.as_("sam").get("/forlopp/kol/gapanalys").text


def test_strategies_are_ticked_changed_and_taken_away_where_the_activity_is(web: Web) -> None:
    driver = at_plan(web.app, web.clock)
    ref, client = refs(driver)[0], web.as_("res")
    address = f"/forlopp/kol/plan/aktivitet/{ref}"
    for ticked in (["teach", "feedback"], ["coach"], []):
        assert client.post(address, data=fill(client, address, strategies=ticked)).status_code == 303
        assert rows(driver, Activity)[0]["strategies"] == ticked
    client.post(address, data=fill(client, address, strategies=["teach"]))
    assert "utbilda" in client.get("/forlopp/kol/plan").text
