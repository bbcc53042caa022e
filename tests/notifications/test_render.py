"""The words: every kind in both languages against stored pages, and no hole is ever shown.

`FORLOPP_RECORD=1 python -m pytest tests/notifications/test_render.py` stores the pages anew; read the difference.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from notifications.channels.base import Language
from notifications.errors import CatalogueMissing, RenderError
from notifications.message import MessageKind
from notifications.render import LOCALE, Renderer
from notifications.values import MAY_BE_NONE, REQUIRED
from notifications.wording import WHY
from tests.notifications.samples import sample_values

RENDERED = Path(__file__).parent / "rendered"
STAMP = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = get_args(Language)
EVERY_KIND = pytest.mark.parametrize("kind", list(MessageKind), ids=lambda kind: kind.value)


@EVERY_KIND
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_reads_as_the_stored_page(renderer: Renderer, kind: MessageKind, language: Language) -> None:
    rendered = renderer.render(kind, sample_values(kind), language, stamped_at=STAMP)
    page = f"Subject: {rendered.subject}\n\n{rendered.text}\n{'=' * 72}\n\n{rendered.html}"
    stored = RENDERED / language / f"{kind.value}.txt"
    if os.environ.get("FORLOPP_RECORD"):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(page, encoding="utf-8")
    assert page == stored.read_text(encoding="utf-8")


@EVERY_KIND
def test_a_missing_value_is_an_error_that_names_template_and_value(renderer: Renderer, kind: MessageKind) -> None:
    for name in REQUIRED[kind]:
        values = {key: value for key, value in sample_values(kind).items() if key != name}
        with pytest.raises(RenderError, match=f"{kind.value}/.*{name}"):
            renderer.render(kind, values, "sv", stamped_at=STAMP)


@EVERY_KIND
def test_a_value_that_must_be_said_is_never_shown_as_none(renderer: Renderer, kind: MessageKind) -> None:
    for name in REQUIRED[kind] - MAY_BE_NONE[kind]:
        with pytest.raises(RenderError, match=f"{kind.value}: {name} is None"):
            renderer.render(kind, {**sample_values(kind), name: None}, "sv", stamped_at=STAMP)


@EVERY_KIND
def test_values_that_do_not_apply_may_be_empty(renderer: Renderer, kind: MessageKind) -> None:
    values = {**sample_values(kind), **dict.fromkeys(MAY_BE_NONE[kind])}
    rendered = renderer.render(kind, values, "sv", stamped_at=STAMP)
    assert "None" not in rendered.text + rendered.html


@EVERY_KIND
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_one_line_that_names_no_person_and_no_task(
    renderer: Renderer, kind: MessageKind, language: Language
) -> None:
    values = {**sample_values(kind), "pathway": "KOL\nBcc: x@example.se"}
    subject = renderer.render(kind, values, language, stamped_at=STAMP).subject
    assert "\n" not in subject
    for personal in ("Åsa", "Örjan", "Samla in", "Collect", "Boka", "Pandemin"):
        assert personal not in subject


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        (MessageKind.TASK_REMINDER, {"rung": "before", "days": 1}, "Det är 1 arbetsdag kvar."),
        (MessageKind.TASK_REMINDER, {"rung": "before", "days": 5}, "Det är 5 arbetsdagar kvar."),
        (MessageKind.TASK_REMINDER, {"rung": "due", "days": 0}, "ska vara klar i dag, torsdag 3 december 2026."),
        (MessageKind.TASK_REMINDER, {"rung": "overdue", "days": 1}, "Den är 1 arbetsdag försenad."),
        (MessageKind.DECISION_TAKEN, {"outcome": "return"}, "att återremittera ärendet"),
        (MessageKind.DECISION_TAKEN, {"outcome": "decline"}, "att avslå förslaget"),
        (MessageKind.ENDORSED, {"outcome": "return"}, "omarbetat"),
        (MessageKind.ENDORSED, {"outcome": "decline"}, "avstyrkte onsdag 9 december 2026 förslaget"),
        (MessageKind.SUMMONS, {"change": "changed"}, "har fått en annan tid eller plats."),
        (MessageKind.SUMMONS, {"change": "changed"}, "Det börjar klockan 09.00."),
        (MessageKind.DECISION_NEEDED, {"meeting_on": None}, "Något sammanträde är ännu inte valt."),
        (MessageKind.RESUMED, {"phase": None}, "Påminnelser skickas åter som vanligt."),
    ],
)
def test_the_words_follow_the_values(
    renderer: Renderer, kind: MessageKind, change: dict[str, str | int | None], words: str
) -> None:
    rendered = renderer.render(kind, {**sample_values(kind), **change}, "sv", stamped_at=STAMP)
    assert words in rendered.text
    assert words in rendered.html


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (MessageKind.TASK_REMINDER, {"rung": "sometime"}),
        (MessageKind.DECISION_TAKEN, {"outcome": "perhaps"}),
        (MessageKind.ENDORSED, {"outcome": "perhaps"}),
        (MessageKind.PHASE_REACHED, {"phase": "limbo"}),
        (MessageKind.PAUSED, {"why": "why.not"}),
        (MessageKind.PAUSED, {"resumes_on": "soon"}),
    ],
)
def test_a_value_that_nobody_thought_of_is_an_error(
    renderer: Renderer, kind: MessageKind, change: dict[str, str]
) -> None:
    (wrong,) = change.values()
    with pytest.raises(RenderError, match=wrong):
        renderer.render(kind, {**sample_values(kind), **change}, "sv", stamped_at=STAMP)


def test_what_people_wrote_is_escaped_in_html_and_plain_in_text(renderer: Renderer) -> None:
    values = {**sample_values(MessageKind.TASK_HANDED), "task": "<b>KOL & hjärta</b>"}
    rendered = renderer.render(MessageKind.TASK_HANDED, values, "sv", stamped_at=STAMP)
    assert "&lt;b&gt;KOL &amp; hjärta&lt;/b&gt;" in rendered.html
    assert "<b>KOL & hjärta</b>" in rendered.text
    line = {**values, "kind": "task_handed"}
    digest = {**sample_values(MessageKind.WEEKLY_DIGEST), "lines": [line]}
    assert "<b>" not in renderer.render(MessageKind.WEEKLY_DIGEST, digest, "sv", stamped_at=STAMP).html


@pytest.mark.parametrize("why", WHY)
def test_every_role_has_an_answer_to_why(renderer: Renderer, why: str) -> None:
    values = {**sample_values(MessageKind.PAUSED), "why": why}
    text = renderer.render(MessageKind.PAUSED, values, "sv", stamped_at=STAMP).text
    assert text.rstrip().splitlines()[-1].startswith("Du ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_left_over(language: Language) -> None:
    used = _extract()
    with (LOCALE / language / "LC_MESSAGES" / "notifications.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    translated = {entry.id for entry in catalogue if entry.id and _is_complete(entry.string) and not entry.fuzzy}
    assert translated == used
    assert [list(entry.check()) for entry in catalogue if list(entry.check(catalogue))] == []


def _extract() -> set[object]:
    found = extract_from_dir(
        LOCALE.parent,
        method_map=[("templates/**", "jinja2.ext:babel_extract"), ("**.py", "python")],
        options_map={"templates/**": {"trimmed": "true", "newstyle_gettext": "true"}},
        keywords={"_mark": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {tuple(text[:2]) if isinstance(text, tuple) else text for _file, _line, text, *_rest in found}


def _is_complete(text: object) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def test_a_missing_compiled_text_tells_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing, match="run `make install`"):
        Renderer(base_url="https://forlopp.example", locale_dir=tmp_path)
