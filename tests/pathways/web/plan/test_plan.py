"""The plan's page: gaps that nobody closes come first, activities are planned, changed and reported on."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pathways.models.plan import Activity, ActivityGap
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import row, rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.reading import changed, count_statements, fill, form_at
from tests.pathways.web.plan.scene import gaps, refs

PLAN = "/forlopp/kol/plan"


def edit(driver: Driver, number: int = 0) -> str:
    return f"{PLAN}/aktivitet/{refs(driver)[number]}"


def test_gaps_that_no_activity_closes_are_told_before_the_activities(web: Web, plan: Driver) -> None:
    page = web.as_("sam").get(PLAN).text
    assert "2 gap saknar åtgärd" in page
    assert page.index("2 gap saknar åtgärd") < page.index("Utbilda alla vårdcentraler i spirometri")


def test_the_plan_tells_what_it_costs_and_what_has_no_cost(web: Web, plan: Driver) -> None:
    page = web.as_("sam").get(PLAN).text
    assert "270\N{NO-BREAK SPACE}000 kr en gång och 20\N{NO-BREAK SPACE}000 kr per år." in page
    assert "1 aktivitet saknar kostnad." in page


def test_a_plan_without_activities_says_how_to_begin(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "communicated")
    assert "Planen har inga aktiviteter än" in web.as_("sam").get(PLAN).text


def test_a_member_of_the_management_group_reads_the_plan_and_changes_nothing(web: Web, plan: Driver) -> None:
    client = web.as_("lg")
    assert "Ny aktivitet" not in client.get(PLAN).text
    assert client.get(f"{PLAN}/ny").status_code == 404
    assert client.post(f"{PLAN}/ny", data={"title": "Mer", "kind": "routine"}).status_code == 404
    assert client.get(edit(plan)).status_code == 404
    assert len(refs(plan)) == 3


@pytest.mark.parametrize("path", ["", "/ny", "/export.csv", "/synpunkter"])
def test_a_stranger_finds_no_plan(web: Web, plan: Driver, path: str) -> None:
    assert web.as_("frammande").get(PLAN + path).status_code == 404


def test_an_activity_is_planned_with_all_that_is_known_of_it(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(
        client,
        f"{PLAN}/ny?gap=steg:8",
        title="Mät tid till spirometri",
        kind="measurement",
        responsible="ana",
        support="Registercentrum",
        due_on="2021-12-24",
        cost_once="12 500",
        funding="Egen ram",
        indicator_own="Tid till spirometri",
        effect="Väntetiden syns",
        dependency="Uttag ur journalen",
        decision_ref="HSN 2021/9 § 3",
    )
    assert form["gaps"] == gaps(plan, "8")[::-1]
    answer = client.post(f"{PLAN}/ny", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, PLAN)
    made = rows(plan, Activity)[-1]
    kept = ("support", "cost_once", "funding", "indicator", "effect", "dependency", "decision_ref")
    assert [made[name] for name in kept] == [
        *("Registercentrum", 12500, "Egen ram", "Tid till spirometri", "Väntetiden syns", "Uttag ur journalen"),
        "HSN 2021/9 § 3",
    ]
    assert "Alla 8 gap har minst en åtgärd." in client.get(PLAN).text


def test_pressing_twice_plans_once(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(client, f"{PLAN}/ny", title="Mät tid", kind="measurement")
    assert [client.post(f"{PLAN}/ny", data=form).status_code for _ in range(2)] == [303, 303]
    assert len(refs(plan)) == 4


def test_what_was_typed_wrong_is_said_at_the_question_and_nothing_is_lost(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(
        client, f"{PLAN}/ny?gap=steg:8", title="ab", cost_once="gratis", due_on="3 dec", effect="Kortare väntan"
    )
    answer = client.post(f"{PLAN}/ny", data=form)
    assert answer.status_code == 422
    for fault in ("f-title", "f-kind", "f-cost_once", "f-due_on"):
        assert f'href="#{fault}"' in answer.text
    again = form_at(answer.text, f"{PLAN}/ny")
    typed = ("title", "cost_once", "due_on", "effect", "gaps")
    assert [again[name] for name in typed] == [form[name] for name in typed]
    assert len(refs(plan)) == 3


def test_a_deadline_before_the_start_is_said_at_the_deadline(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(client, f"{PLAN}/ny", title="Mät tid", kind="routine", start_on="2021-12-01", due_on="2021-11-01")
    answer = client.post(f"{PLAN}/ny", data=form)
    assert answer.status_code == 422
    assert "kan inte ligga före startdagen" in answer.text


def test_an_activity_is_changed_emptied_and_given_other_gaps(web: Web, plan: Driver) -> None:
    client, ref = web.as_("res"), refs(plan)[0]
    new = gaps(plan, "8")
    form = fill(client, edit(plan), title="Utbilda alla", cost_yearly="", responsible="", gaps=new)
    assert client.post(edit(plan), data=form).status_code == 303
    known = row(plan, Activity, ref=ref)
    assert (known["title"], known["cost_yearly"], known["responsible_id"], known["cost_once"]) == (
        *("Utbilda alla", None, None),
        180000,
    )
    assert {link["answer_ref"] for link in rows(plan, ActivityGap, activity_ref=ref)} == {*new}


def test_an_activity_that_somebody_else_changed_meanwhile_is_shown_in_both_versions(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(client, edit(plan), title="Utbilda alla i spirometri", funding="Statsbidrag 2022")
    plan.do("update_activity", activity=refs(plan)[0], title="Utbilda vårdcentralerna", support="Lungkliniken")
    answer = client.post(edit(plan), data=form)
    assert answer.status_code == 409
    assert "Utbilda alla i spirometri" in answer.text
    assert "Utbilda vårdcentralerna" in answer.text
    assert row(plan, Activity, ref=refs(plan)[0])["funding"] == "Statsbidrag för vårdförlopp"
    again = form_at(answer.text, edit(plan))
    assert (again["title"], again["support"]) == (["Utbilda alla i spirometri"], ["Lungkliniken"])
    assert client.post(edit(plan), data=again).status_code == 303
    known = row(plan, Activity, ref=refs(plan)[0])
    assert (known["title"], known["support"], known["funding"]) == (
        *("Utbilda alla i spirometri", "Lungkliniken"),
        "Statsbidrag 2022",
    )


def test_a_change_beside_the_activity_stops_nobody(web: Web, plan: Driver) -> None:
    client = web.as_("res")
    form = fill(client, edit(plan), title="Utbilda alla i spirometri")
    plan.do("update_activity", activity=refs(plan)[1], title="Gemensam rutin")
    plan.do("update_activity", activity=refs(plan)[0], support="Lungkliniken")
    assert client.post(edit(plan), data=form).status_code == 303
    known = row(plan, Activity, ref=refs(plan)[0])
    assert (known["title"], known["support"]) == ("Utbilda alla i spirometri", "Lungkliniken")


def test_an_activity_is_not_stopped_without_a_reason(web: Web, plan: Driver) -> None:
    client, address = web.as_("res"), f"{edit(plan)}/lage"
    answer = client.post(address, data=fill(client, address, state="stopped"))
    assert answer.status_code == 422
    assert 'href="#f-report"' in answer.text
    assert client.post(address, data=fill(client, address, state="stopped", report="Ingår redan")).status_code == 303
    known = row(plan, Activity, ref=refs(plan)[0])
    assert (known["state"], known["report"], known["reported_on"]) == ("stopped", "Ingår redan", plan.today)


def test_a_gap_whose_only_activity_was_stopped_is_open_again(web: Web, plan: Driver) -> None:
    plan.do("update_activity", activity=refs(plan)[1], state="stopped", report="Ingår redan")
    assert "4 gap saknar åtgärd" in web.as_("res").get(PLAN).text


def test_a_plan_that_was_decided_on_shows_the_decision_and_moves_no_day_without_a_reason(web: Web) -> None:
    driver = drive_to(web.app, web.clock, "kol", "executing")
    client, address = web.as_("res"), f"{edit(driver)}/lage"
    assert "HSN 2021/7, § 7" in client.get(PLAN).text
    form = fill(client, address, due_on="2023-06-01")
    assert client.post(address, data=form).status_code == 422
    form = changed(form, {"report": "Inköpet drog ut på tiden", "state": "under_way"})
    assert client.post(address, data=form).status_code == 303
    assert "Inköpet drog ut på tiden" in client.get(PLAN).text


def test_a_late_activity_is_marked_in_words(web: Web, plan: Driver) -> None:
    plan.go_to(date(2022, 3, 1))
    assert "Försenad" in web.as_("res").get(PLAN).text


@pytest.mark.parametrize("sort", ["ordning", "aktivitet", "ansvarig", "klar", "kostnad", "lage", "okand"])
def test_the_plan_is_sorted_as_the_address_asks(web: Web, plan: Driver, sort: str) -> None:
    page = web.as_("sam").get(f"{PLAN}?sortera={sort}").text
    places = [page.index(title) for title in ("Utbilda alla vård", "Gemensam rutin", "Journalmall för")]
    order = [sorted(places).index(place) for place in places]
    assert order == {"aktivitet": [2, 0, 1], "ansvarig": [0, 2, 1], "klar": [1, 0, 2], "kostnad": [0, 2, 1]}.get(
        sort, [0, 1, 2]
    )


def test_the_file_holds_what_the_page_shows(web: Web, plan: Driver) -> None:
    client = web.as_("sam")
    sheet = load_workbook(BytesIO(client.get(f"{PLAN}/export.xlsx").content)).active
    assert sheet is not None
    titles = [row[1] for row in sheet.iter_rows(values_only=True)]
    assert titles[-3:] == [line["title"] for line in rows(plan, Activity)]
    text = client.get(f"{PLAN}/export.csv").content.decode("utf-8-sig")
    assert "Utbilda alla vårdcentraler i spirometri;utbildning;Rut Ängström;Vårdcentralschefer" in text
    assert client.get(f"{PLAN}/export.pdf").status_code == 404


def test_the_page_asks_the_database_as_often_however_long_the_plan_is(web: Web, plan: Driver) -> None:
    client = web.as_("sam")
    few = count_statements(web.app, client, PLAN)
    for number in range(10):
        plan.do("plan_activity", title=f"Aktivitet {number}", kind="routine", gaps=gaps(plan, "3"))
    assert few == count_statements(web.app, client, PLAN) <= 16


def test_english_pages_are_english(web: Web, plan: Driver) -> None:
    client = web.as_("sam")
    client.post("/sprak", data={"language": "en", "till": PLAN})
    page = client.get(PLAN).text
    assert "2 gaps have no measure" in page
    assert "Handlingsplan" not in page
