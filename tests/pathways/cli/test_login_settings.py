"""The settings of the login are refused in words where they are wrong, and a secret is never printed."""

import pytest

from tests.pathways.cli.shell import Shell

OIDC = {
    "FORLOPP_OIDC_ISSUER": "https://inloggning.example/",
    "FORLOPP_OIDC_CLIENT_ID": "forlopp",
    "FORLOPP_OIDC_CLIENT_SECRET": "HEMLIGT",
}


def refused(shell: Shell, monkeypatch: pytest.MonkeyPatch, **changed: str) -> str:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    outcome = shell("status")
    assert outcome.code == 1
    return outcome.err


def test_a_whole_login_service_is_taken(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    assert shell("status").code == 0


@pytest.mark.parametrize("name", OIDC)
def test_half_a_login_service_is_refused_by_the_name_of_what_is_missing_or_too_much(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told = refused(shell, monkeypatch, **{**OIDC, name: ""})
    assert "FORLOPP_OIDC_CLIENT" in told
    assert "HEMLIGT" not in told


def test_a_login_service_is_reached_over_tls(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    told = refused(shell, monkeypatch, **{**OIDC, "FORLOPP_OIDC_ISSUER": "http://inloggning.example"})
    assert "FORLOPP_OIDC_ISSUER" in told


def test_a_secret_that_is_too_short_is_refused_and_not_shown(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    told = refused(shell, monkeypatch, FORLOPP_SECRET="HEMLIGT")
    assert "FORLOPP_SECRET" in told
    assert "HEMLIGT" not in told
