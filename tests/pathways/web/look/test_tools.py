"""The tools that look at pages see what is wrong with a bad one; otherwise every other test here would say nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser import OpenPage, axe_violations, console_faults, find_chromium, overflow


@pytest.fixture
def bad(open_page: OpenPage, address: str) -> Page:
    page = open_page(width=360)
    page.goto(f"{address}/dalig")
    return page


@pytest.mark.slow
def test_axe_finds_a_picture_without_words_and_a_page_without_a_language(bad: Page) -> None:
    assert {line.split(":")[0] for line in axe_violations(bad)} >= {"image-alt", "html-has-lang"}


@pytest.mark.slow
def test_a_style_and_a_script_in_the_page_are_refused_and_told(bad: Page) -> None:
    told = "\n".join(console_faults(bad))
    assert "inline style" in told
    assert "inline script" in told


@pytest.mark.slow
def test_a_page_that_is_too_wide_is_found(bad: Page) -> None:
    assert overflow(bad) > 0


@pytest.mark.slow
def test_a_request_to_outside_is_found(bad: Page) -> None:
    bad.evaluate("fetch('https://forlopp.example/').catch(() => {})")
    assert any("asked another host" in line or "Content Security Policy" in line for line in console_faults(bad))


def test_without_a_browser_a_test_is_skipped_but_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no chromium"):
        find_chromium()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI has no chromium"):
        find_chromium()
