"""Drafts: kept for the one who typed, replaced by the next, gone when the form is sent."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.services.drafts import KEPT_FOR, LARGEST, DraftTooLarge, KeptDraft, drop_draft, find_draft, keep_draft
from tests.pathways.services.judge import person_id

KEY = "uppgift/kol/3.2"


def keep(app: App, person: str, key: str = KEY, **values: list[str]) -> bool:
    with app.write() as work:
        kept = keep_draft(work, person_id(app, person), key, values, app.clock.now())
        work.commit()
    return kept


def find(app: App, person: str, key: str = KEY) -> KeptDraft | None:
    with app.read() as work:
        return find_draft(work, person_id(app, person), key)


def test_a_draft_comes_back_to_the_one_who_typed_it_and_nobody_else(either_app: App) -> None:
    assert keep(either_app, "m1", outcome=["Ringde Älvdalen"], enheter=["a", "b"])
    found = find(either_app, "m1")
    assert found is not None
    assert found.typed == {"outcome": ["Ringde Älvdalen"], "enheter": ["a", "b"]}
    assert found.kept_at == either_app.clock.now()
    assert find(either_app, "m2") is None
    assert find(either_app, "m1", "uppgift/kol/3.3") is None


def test_a_later_draft_takes_the_place_of_the_earlier(app: App) -> None:
    keep(app, "m1", outcome=["ett"])
    keep(app, "m1", outcome=["två"])
    found = find(app, "m1")
    assert found is not None
    assert found.typed == {"outcome": ["två"]}


def test_the_unseen_keys_of_a_form_are_not_kept(app: App) -> None:
    keep(app, "m1", outcome=["ett"], command_id=["abc"], version=["3"])
    found = find(app, "m1")
    assert found is not None
    assert set(found.typed) == {"outcome"}


def test_a_form_that_was_emptied_has_no_draft(app: App) -> None:
    keep(app, "m1", outcome=["ett"])
    assert not keep(app, "m1", outcome=["  "])
    assert find(app, "m1") is None


def test_a_draft_goes_when_its_form_is_sent(app: App) -> None:
    keep(app, "m1", outcome=["ett"])
    with app.write() as work:
        drop_draft(work, person_id(app, "m1"), KEY)
        drop_draft(work, person_id(app, "m1"), KEY)
        work.commit()
    assert find(app, "m1") is None


def test_a_draft_that_is_too_long_is_refused_and_the_earlier_one_stands(app: App) -> None:
    keep(app, "m1", outcome=["ett"])
    with pytest.raises(DraftTooLarge):
        keep(app, "m1", outcome=["x" * (LARGEST + 1)])
    with pytest.raises(DraftTooLarge):
        keep(app, "m1", "k" * 201, outcome=["ett"])
    found = find(app, "m1")
    assert found is not None
    assert found.typed == {"outcome": ["ett"]}


def test_old_drafts_of_a_person_go_when_they_type_anew(app: App) -> None:
    keep(app, "m1", outcome=["gammalt"])
    keep(app, "m2", outcome=["en annans"])
    app.clock.set(app.clock.now() + KEPT_FOR + timedelta(days=1))  # type: ignore[attr-defined]  # a SetClock here
    keep(app, "m1", "annat", outcome=["nytt"])
    assert find(app, "m1") is None
    assert find(app, "m2") is not None
