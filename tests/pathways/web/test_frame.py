"""What holds on every page: headers, the same-site guard, errors in words, health, and no way in without a login."""

import pytest

from pathways.web.config import DemoOffLoopback, WebConfig
from tests.pathways.web.conftest import Web

OPEN = ("/hjalp", "/tillganglighet", "/om", "/logga-in")


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_open_pages_need_no_login(web: Web, path: str, language: str) -> None:
    client = web.anonymous()
    client.cookies.set("forlopp_language", language)
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("path", ["/", "/forlopp", "/forlopp/kol"])
def test_other_pages_lead_to_the_login_and_back(web: Web, path: str) -> None:
    answer = web.anonymous().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] in {"/logga-in", f"/logga-in?till={path}"}


def test_every_answer_carries_the_security_headers(web: Web) -> None:
    headers = web.anonymous().get("/om").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_another_site_changes_nothing(web: Web, headers: dict[str, str], status: int) -> None:
    assert web.as_("sam").post("/logga-ut", headers=headers).status_code == status


def test_a_page_that_is_not_there_says_so_in_the_readers_language(web: Web) -> None:
    client = web.anonymous()
    client.cookies.set("forlopp_language", "en")
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_health_tells_that_no_sweep_has_finished_yet(web: Web) -> None:
    answer = web.anonymous().get("/health")
    assert answer.status_code == 503
    assert not answer.json()["ok"]


def test_the_figures_name_routes_and_never_paths(web: Web) -> None:
    client = web.anonymous()
    client.get("/logga-in/a-secret-token")
    told = client.get("/metrics").text
    assert "forlopp_requests_total" in told
    assert "a-secret-token" not in told


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "forlopp.example", "::"])
def test_a_demo_answers_on_this_machine_alone(host: str) -> None:
    with pytest.raises(DemoOffLoopback):
        WebConfig(base_url="http://127.0.0.1", host=host, demo=True)


@pytest.mark.parametrize("slug", ["sam", "lg"])
def test_what_is_looked_up_now_and_then_stands_behind_one_word(web: Web, slug: str) -> None:
    page = web.as_(slug).get("/arshjul").text
    top = page[page.index('class="wrap site-nav"') :].partition("</nav>")[0]
    daily, _, more = top.partition("<details")
    assert ('href="/moten"' in daily, 'href="/arshjul"' in daily) == (True, False)
    found = [path for path in ("/arshjul", "/belastning", "/nationellt", "/rapporter") if f'href="{path}"' in more]
    assert found == ["/arshjul", "/belastning", "/nationellt", "/rapporter"]
    assert 'class="nav-more--here"' in more
