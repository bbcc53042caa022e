"""In through a real OpenID provider, by a real browser's steps: there, login, consent and back. Needs node and npm."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import httpx
import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.profiles.vocabulary import Role
from pathways.web.login.oidc import CALLBACK
from tests.conftest import find_free_port
from tests.pathways.services.access.people import roles
from tests.pathways.services.access.test_oidc_login import know_group
from tests.pathways.web.conftest import BASE, Web, over
from tests.pathways.web.login.doors import settings

PROVIDER = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).with_name("provider.mjs")
FORM = re.compile(r'<form[^>]*action="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the provider, from the package registry; nothing of it comes into the repository."""
    if not (shutil.which("node") and shutil.which("npm")):
        if os.environ.get("CI"):
            pytest.fail("CI has no node and npm: install them (Debian: apt-get install nodejs npm)")
        pytest.skip("no node and npm on this machine (Debian: apt-get install nodejs npm)")
    folder = tmp_path_factory.mktemp("provider")
    shutil.copy(SCRIPT, folder)
    (folder / "package.json").write_text('{"private": true}')
    quiet = ("--silent", "--no-audit", "--no-fund", "--no-package-lock")
    subprocess.run(["npm", "install", *quiet, PROVIDER], cwd=folder, check=True, timeout=300)
    return folder


@pytest.fixture
def issuer(installed: Path) -> Iterator[str]:
    """The address of a running provider that sends people back to our callback."""
    port = find_free_port()
    process = subprocess.Popen(
        ["node", SCRIPT.name, str(port), BASE + CALLBACK], cwd=installed, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert any(line.startswith("listening") for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def region(app: App, issuer: str, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The furnished region with the provider as its login service; both have the same, real time."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    clock = SetClock(datetime.now(UTC))
    app.clock = clock
    app.settings = settings(
        oidc_issuer=issuer, oidc_client_id="forlopp", oidc_client_secret="a secret of the test & nothing else"
    )
    return over(app, clock)


def log_in_there(address: str, name: str) -> str:
    """Plays the browser at the provider until it sends us back, and returns the address it sends us to."""
    with httpx.Client(trust_env=False) as browser:
        answer = browser.get(address)
        for _ in range(10):
            if answer.is_redirect:
                where = answer.headers["location"]
                if where.startswith(BASE + CALLBACK):
                    return str(where)
                answer = browser.get(str(answer.url.join(where)))
            else:
                form, hidden = FORM.search(answer.text), dict(HIDDEN.findall(answer.text))
                assert form, answer.text
                answer = browser.post(
                    str(answer.url.join(unescape(form.group(1)))), data={**hidden, "login": name, "password": "x"}
                )
    raise AssertionError("the provider never sent us back")


def test_a_person_comes_in_by_the_regions_own_login_with_the_roles_of_their_groups(region: Web) -> None:
    know_group(region.app, "forlopp-analys", Role.ANALYST)
    browser = region.anonymous()
    there = browser.get("/logga-in/oidc?till=/forlopp").headers["location"]
    answer = browser.get(log_in_there(there, "res"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/forlopp")
    assert "Rut Ängström" in browser.get("/om").text
    assert roles(region.app, "res") == {Role.ANALYST: True}


def test_the_second_login_knows_the_person_by_the_providers_own_name(region: Web) -> None:
    for _ in range(2):
        browser = region.anonymous()
        there = browser.get("/logga-in/oidc").headers["location"]
        assert browser.get(log_in_there(there, "res")).status_code == 303


def test_somebody_the_provider_knows_and_we_do_not_is_told_so(region: Web) -> None:
    browser = region.anonymous()
    there = browser.get("/logga-in/oidc").headers["location"]
    answer = browser.get(log_in_there(there, "okand"))
    assert answer.status_code == 403
    assert "inte upplagd i Förlopp" in answer.text


def test_a_code_cannot_be_used_by_another_browser(region: Web) -> None:
    there = region.anonymous().get("/logga-in/oidc").headers["location"]
    assert region.anonymous().get(log_in_there(there, "res")).status_code == 400


def test_a_login_that_was_broken_off_there_is_told_of_calmly(region: Web) -> None:
    browser = region.anonymous()
    browser.get("/logga-in/oidc")
    answer = browser.get(f"{CALLBACK}?error=access_denied&state=x")
    assert answer.status_code == 400
    assert "Inloggningen avbröts. Försök igen." in answer.text
