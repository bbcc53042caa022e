"""What is typed and not sent comes back, with a word about when it was kept, until the task is done."""

from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, notices, words

HTMX = {"hx-request": "true"}


def at(ref: str) -> str:
    return f"/forlopp/kol/uppgift/{ref}"


def test_a_draft_is_kept_while_one_types_and_comes_back(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    kept = client.post(f"/utkast/uppgift/kol/{ref}", data={"outcome": "Ringde Mo", "command_id": "a"}, headers=HTMX)
    assert (kept.status_code, kept.text.strip()) == (200, "Utkastet sparades 9 juni 2021 kl. 10.00.")
    desk.days_pass(1)
    again = desk.as_("m1").get(at(ref))
    assert "Här är ditt utkast från 9 juni 2021 kl. 10.00." in words(again)
    assert form(again, "/klar").fields["outcome"] == ["Ringde Mo"]


def test_without_script_a_button_keeps_the_draft_and_leads_back(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    assert f'formaction="/utkast/uppgift/kol/{ref}"' in client.get(at(ref)).text
    answer = client.post(
        f"/utkast/uppgift/kol/{ref}", data={"outcome": "Ringde"}, headers={"referer": f"http://127.0.0.1{at(ref)}"}
    )
    assert answer.headers["location"] == at(ref)
    assert "Utkastet är sparat." in notices(follow(client, answer))


def test_nobody_is_led_to_another_site(desk: Desk) -> None:
    for referer in ("https://evil.example/x", "http://127.0.0.1//evil.example", ""):
        answer = desk.as_("m1").post("/utkast/a", data={"outcome": "x"}, headers={"referer": referer})
        assert answer.headers["location"] == "/"


def test_a_draft_is_the_persons_own(desk: Desk) -> None:
    ref = desk.task()
    desk.as_("m1").post(f"/utkast/uppgift/kol/{ref}", data={"outcome": "Hemligt"}, headers=HTMX)
    assert "Hemligt" not in desk.as_("sam").get(at(ref)).text


def test_a_draft_goes_when_the_task_is_done(desk: Desk) -> None:
    ref, client = desk.task(), desk.as_("m1")
    client.post(f"/utkast/uppgift/kol/{ref}", data={"outcome": "Ringde Mo"}, headers=HTMX)
    form(client.get(at(ref)), "/klar").send(client)
    form(client.get(at(ref)), "/oppna-igen").send(client)
    assert form(client.get(at(ref)), "/klar").fields["outcome"] == [""]


def test_a_draft_that_is_too_long_is_refused(desk: Desk) -> None:
    answer = desk.as_("m1").post("/utkast/a", data={"outcome": "x" * 200_001}, headers=HTMX)
    assert answer.status_code == 409
    assert "Utkastet är för långt" in answer.text


def test_an_emptied_form_has_no_draft(desk: Desk) -> None:
    client = desk.as_("m1")
    assert client.post("/utkast/a", data={"outcome": " "}, headers=HTMX).text.strip() == ""


def test_somebody_unknown_keeps_nothing(desk: Desk) -> None:
    assert desk.web.anonymous().post("/utkast/a", data={"outcome": "x"}, headers=HTMX).status_code == 401
