"""The doors may be tried only so often, by a client and for an address; then a page says when to come back."""

import pytest
from limits import RateLimitItemPerMinute

from pathways.web.login.rate import ADDRESS, FORMS, LINKS, TooManyTries, Turnstile
from tests.pathways.web.login.doors import Front, local


def test_an_address_may_be_asked_for_five_times_in_a_quarter(front: Front) -> None:
    answers = [local(front.web, f"192.0.2.{n}").post("/logga-in", data={"address": "x@y.se"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert answers[-1].headers["retry-after"] == str(15 * 60)
    assert "För många försök. Vänta 15 minuter" in answers[-1].text


def test_an_address_that_nobody_has_is_counted_like_one_that_somebody_has(front: Front) -> None:
    for address in ("sam@forlopp.example", "okand@forlopp.example"):
        assert [front.ask(address)[0] for _ in range(6)] == [303] * 5 + [429]


def test_letters_case_does_not_make_another_address(front: Front) -> None:
    assert [front.ask(address)[0] for address in ("x@y.se", "X@y.se", "x@Y.SE", "X@Y.SE", " x@y.se", "x@y.se ")][
        -1
    ] == 429


def test_a_client_may_try_the_form_thirty_times_a_minute(front: Front) -> None:
    browser = local(front.web)
    tried = [browser.post("/logga-in", data={"address": ""}).status_code for _ in range(FORMS.amount + 1)]
    assert tried == [422] * FORMS.amount + [429]
    assert local(front.web, "192.0.2.9").post("/logga-in", data={"address": ""}).status_code == 422


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_may_guess_sixty_links_a_minute(front: Front, method: str) -> None:
    browser = local(front.web)
    tried = [browser.request(method, f"/logga-in/{n}").status_code for n in range(LINKS.amount + 1)]
    assert tried == [410] * LINKS.amount + [429]


def test_what_is_counted_names_nobody() -> None:
    turnstile = Turnstile()
    turnstile.count(ADDRESS, "address", "sam@forlopp.example")
    assert "sam" not in str(vars(turnstile._limiter.storage))


def test_doors_are_counted_apart() -> None:
    turnstile, once = Turnstile(), RateLimitItemPerMinute(1)
    turnstile.count(once, "form", "a")
    turnstile.count(once, "link", "a")
    with pytest.raises(TooManyTries):
        turnstile.count(once, "form", "a")
