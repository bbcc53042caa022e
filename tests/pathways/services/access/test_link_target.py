"""Where a login leads is always a page of ours."""

import pytest

from pathways.services.access.link_target import LONGEST, own_path


@pytest.mark.parametrize(
    "wanted",
    ["/", "/forlopp", "/forlopp/kol?as_of=2021-06-09", "/forlopp/kol#uppgifter", "/katalog/å", "/a//b", "/u/x:y@z"],
)
def test_a_page_of_ours_is_where_it_leads(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "forlopp",
        "https://elak.example/",
        "//elak.example/",
        "///elak.example/",
        "/\\elak.example",
        "\\\\elak.example",
        "/\t/elak.example",
        "/\n/elak.example",
        "/ /elak.example",
        "\x00/forlopp",
        "javascript:alert(1)",
        "/" + "a" * LONGEST,
    ],
)
def test_anything_else_leads_home(wanted: str) -> None:
    assert own_path(wanted) == "/"
