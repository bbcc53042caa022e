"""`/nationellt/version/...`: what differs, the dry run, the choices, what was done, and taking it back."""

import pytest

from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.conftest import error_links, hidden
from tests.pathways.web.gap.scene import FEET, WOUNDS
from tests.pathways.web.national.conftest import VERSION, words


def read(web: Web, person: str = "sam", query: str = "") -> str:
    answer = web.as_(person).get(VERSION + query)
    assert answer.status_code == 200
    return answer.text


def seen(web: Web) -> dict[str, str]:
    page = read(web)
    return {f"sett-{slug}": hidden(page, f"sett-{slug}") for slug in (WOUNDS, FEET)}


def choices(web: Web, **more: str) -> dict[str, str]:
    return {**seen(web), "command_id": "en", **more}


def test_the_difference_is_told_step_by_step_without_jargon(web: Web) -> None:
    page = words(read(web))
    assert "Från den slutliga versionen 2021 till den slutliga versionen 2022" in page
    assert "Ge stöd till egenvård" in page
    assert "Behandla efter orsak" not in page


def test_other_versions_can_be_held_against_each_other(web: Web) -> None:
    assert "Borttaget: fyra" in words(read(web, query="?fran=remiss+2021&till=2021"))


def test_an_unknown_version_is_told(web: Web) -> None:
    answer = web.as_("sam").get(f"{VERSION}?till=1812")
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_the_dry_run_says_what_would_follow_of_each_choice(web: Web) -> None:
    page = words(read(web))
    assert "Behöver ett val" in page
    assert "Det här följer: Revidera gapanalysen" in page
    assert "gapanalysen revideras" in page
    assert "Uppgift:" in page


def test_a_joint_introduction_is_shown_together(web: Web) -> None:
    page = words(read(web))
    assert "Samlat införande: Sår och fötter" in page
    assert "Diabetes med hög risk för fotsår" in page


def test_whoever_does_not_steer_sees_the_difference_but_no_dry_run(web: Web) -> None:
    page = words(read(web, "m1"))
    assert "Ge stöd till egenvård" in page
    assert "Prova i regionen" not in page
    assert web.as_("m1").post(VERSION, data={}).status_code == 404


def test_the_choices_are_looked_over_before_anything_is_done(web: Web, wounds: Driver) -> None:
    answer = web.as_("sam").post(VERSION, data=choices(web, **{f"val-{WOUNDS}": "revise"}))
    assert answer.status_code == 200
    page = words(answer.text)
    assert "Granska utrullningen" in page
    assert "Revidera gapanalysen" in page
    assert wounds.place() == "communicated"


def test_the_confirmed_choice_is_carried_out_and_can_be_taken_back(web: Web, wounds: Driver) -> None:
    client = web.as_("sam")
    data = choices(web, steg="gor", **{f"val-{WOUNDS}": "revise"})
    answers = [client.post(VERSION, data=data) for _ in range(2)]
    assert answers[0].status_code == 303
    assert wounds.place() == "revising"
    page = read(web)
    assert "Genomfört" in words(page)
    number = hidden(page, "utrullning")
    answer = client.post(f"{VERSION}/angra", data={"utrullning": number, f"skal-{number}": "Fel version"})
    assert answer.status_code == 303
    assert wounds.place() == "communicated"
    assert "Tillbakatagen" in words(read(web))


def test_a_revision_that_is_under_way_leads_to_the_units(web: Web, wounds: Driver) -> None:
    data = choices(web, steg="gor", **{f"val-{WOUNDS}": "revise"})
    web.as_("sam").post(VERSION, data=data)
    page = read(web)
    assert "revideras redan mot version 2022" in words(page)
    assert page.count(f'href="/forlopp/{WOUNDS}/gapanalys/jamfor"') == 2
    assert wounds.place() == "revising"


def test_no_effect_here_needs_a_reason_and_nothing_typed_is_lost(web: Web) -> None:
    data = choices(web, **{f"val-{WOUNDS}": "no_local_effect", f"val-{FEET}": "revise"})
    answer = web.as_("sam").post(VERSION, data=data)
    assert answer.status_code == 422
    assert error_links(answer.text) == [f"#f-skal-{WOUNDS}"]
    assert answer.text.count(" checked") == 2


def test_the_choices_can_be_changed_and_are_kept(web: Web, wounds: Driver) -> None:
    answer = web.as_("sam").post(VERSION, data=choices(web, steg="andra", **{f"val-{WOUNDS}": "revise"}))
    assert answer.status_code == 200
    assert 'value="revise" checked' in " ".join(answer.text.split())
    assert wounds.place() == "communicated"


def test_one_choice_goes_for_a_whole_joint_introduction(web: Web, wounds: Driver) -> None:
    data = choices(web, steg="gor", **{"samlat-sar-och-fotter": "no_local_effect"})
    answer = web.as_("sam").post(VERSION, data=data)
    assert error_links(answer.text) == ["#f-skal-samlat-sar-och-fotter"] * 1
    data["skal-samlat-sar-och-fotter"] = "Vi gör redan så"
    assert web.as_("sam").post(VERSION, data=data).status_code == 303
    for slug in (WOUNDS, FEET):
        row = Driver(web.app, web.clock, slug).row()
        assert row is not None
        assert "current" in row["configuration"]
    assert wounds.place() == "communicated"


def test_what_came_of_a_joint_introduction_is_shown_together(web: Web, wounds: Driver) -> None:
    web.as_("sam").post(VERSION, data=choices(web, steg="gor", **{f"val-{FEET}": "revise"}))
    page = read(web)
    assert "Diabetes med hög risk för fotsår, version 2022" in words(page)
    assert "Svårläkta sår, version 2022" not in words(page)
    number = hidden(page, "utrullning")
    answer = web.as_("sam").post(f"{VERSION}/angra", data={"utrullning": number, f"skal-{number}": "Fel version"})
    assert answer.status_code == 303
    assert wounds.place() == Driver(web.app, web.clock, FEET).place() == "communicated"


def test_a_form_that_is_too_old_is_shown_again_with_how_things_stand(web: Web, wounds: Driver) -> None:
    data = choices(web, steg="gor", **{f"val-{WOUNDS}": "revise"})
    wounds.do("report", reason="Något hände")
    answer = web.as_("sam").post(VERSION, data=data)
    assert answer.status_code == 409
    assert "Någon har ändrat införandet" in words(answer.text)
    assert wounds.place() == "communicated"


@pytest.mark.parametrize("typed", ["", "x" * 1_001])
def test_taking_back_asks_why(web: Web, wounds: Driver, typed: str) -> None:
    client = web.as_("sam")
    client.post(VERSION, data=choices(web, steg="gor", **{f"val-{WOUNDS}": "revise"}))
    number = hidden(read(web), "utrullning")
    answer = client.post(f"{VERSION}/angra", data={"utrullning": number, f"skal-{number}": typed})
    assert answer.status_code == 422
    assert error_links(answer.text) == [f"#f-skal-{number}"]
    assert wounds.place() == "revising"


def test_what_has_moved_on_cannot_be_taken_back(web: Web, wounds: Driver) -> None:
    client = web.as_("sam")
    client.post(VERSION, data=choices(web, steg="gor", **{f"val-{WOUNDS}": "revise"}))
    number = hidden(read(web), "utrullning")
    wounds.do("report", reason="Något hände")
    answer = client.post(f"{VERSION}/angra", data={"utrullning": number, f"skal-{number}": "Fel"})
    assert answer.status_code == 409
    assert wounds.place() == "revising"
    assert "Går inte att ta tillbaka" in words(read(web))


def test_a_rollout_that_is_not_there_is_told(web: Web) -> None:
    assert web.as_("sam").post(f"{VERSION}/angra", data={"utrullning": "99", "skal-99": "x"}).status_code == 422


def test_the_introduction_and_the_catalogue_lead_here(web: Web) -> None:
    client = web.as_("m1")
    for page in (f"/forlopp/{WOUNDS}", f"/katalog/{WOUNDS}"):
        assert f'href="{VERSION}"' in client.get(page).text


def test_a_pathway_with_one_version_says_so(web: Web) -> None:
    page = web.as_("sam").get("/nationellt/version/kol")
    assert page.status_code == 200
    assert "Det finns bara en version" in words(page.text)


def test_an_unknown_pathway_is_not_there(web: Web) -> None:
    assert web.as_("sam").get("/nationellt/version/finns-inte").status_code == 404


def test_the_page_speaks_english(web: Web) -> None:
    client = web.as_("sam")
    client.post("/sprak", data={"language": "en", "till": VERSION})
    page = words(client.get(VERSION).text)
    assert "Needs a choice" in page
    assert "web.national" not in page


def test_the_catalogue_tells_that_new_versions_wait_and_the_nation_says_which(web: Web) -> None:
    client = web.as_("m1")
    assert "2 införanden väntar på att en ny version" in words(client.get("/katalog").text)
    assert f'href="{VERSION}"' in client.get("/nationellt").text
