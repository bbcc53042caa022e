"""What the pieces of a page promise to those who cannot see it, and to what somebody typed."""

import re
from html import unescape

import pytest

from pathways.web.forms import Field, Keys, Option
from pathways.web.render import environment
from tests.pathways.web.look.stage import piece, shown

LEVELS = (Option(value="0", label="Inget gap"), Option(value="1", label="Litet gap", hint="Syns sällan"))


def drawn(field: Field) -> str:
    return piece("{{ ui.field(field) }}", field=field)


def attribute(html: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', html)
    return unescape(found.group(1)) if found else ""


def test_a_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    html = drawn(Field(name="why", label="Varför?", help="Skriv kort.", error="Skriv varför."))
    assert '<label class="ds-label" for="f-why">Varför?' in html
    assert attribute(html, "aria-describedby") == "f-why-help f-why-error"
    assert 'id="f-why-help">Skriv kort.' in html
    assert 'aria-invalid="true"' in html


def test_an_error_says_in_words_that_it_is_one() -> None:
    assert "Fel: </span>Skriv varför." in drawn(Field(name="why", label="Varför?", error="Skriv varför."))


@pytest.mark.parametrize("kind", ["text", "area", "date", "number", "email", "select", "file"])
def test_only_what_may_be_left_out_is_marked(kind: str) -> None:
    required = piece("{{ ui.field(f) }}", f=Field(name="a", label="A", kind=kind))  # type: ignore[arg-type]  # drawn from Kind
    optional = piece("{{ ui.field(f) }}", f=Field(name="a", label="A", kind=kind, required=False))  # type: ignore[arg-type]  # as above
    assert "(frivilligt)" in optional
    assert "(frivilligt)" not in required
    assert 'aria-required="true"' in required
    assert "*" not in required


def test_what_was_typed_is_shown_as_text_and_never_as_markup() -> None:
    html = drawn(Field(name="a", label="A", kind="area", value="</textarea><script>x</script>"))
    assert "<script>" not in html
    assert "&lt;/textarea&gt;" in html


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    assert ">\n\nandra raden</textarea>" in drawn(Field(name="a", label="A", kind="area", value="\nandra raden"))


def test_a_date_is_picked_from_the_browsers_calendar() -> None:
    assert attribute(drawn(Field(name="d", label="Dag", kind="date", value="2026-12-03")), "type") == "date"


def test_a_date_that_is_none_is_shown_as_it_was_typed() -> None:
    html = drawn(Field(name="d", label="Dag", kind="date", value="3 dec", error="Skriv 2026-12-03."))
    assert (attribute(html, "type"), attribute(html, "value")) == ("text", "3 dec")


def test_choices_are_a_group_whose_first_is_where_an_error_leads() -> None:
    html = drawn(Field(name="level", label="Nivå", kind="radios", options=LEVELS, value="1", error="Välj en nivå."))
    assert 'role="radiogroup"' in html
    assert '<legend class="ds-label">Nivå</legend>' in html
    assert 'id="f-level" name="level" value="0"' in html
    assert 'id="f-level-2" name="level" value="1" checked' in html
    assert 'aria-describedby="f-level-2-hint"' in html


def test_several_ticked_choices_stay_ticked() -> None:
    html = drawn(Field(name="u", label="Enheter", kind="checkboxes", options=LEVELS, value=("0", "1")))
    assert html.count(" checked") == len(LEVELS)


def test_a_choice_is_not_ticked_by_a_part_of_its_value() -> None:
    html = drawn(
        Field(name="u", label="Enheter", kind="checkboxes", options=(Option(value="1", label="Ett"),), value="10")
    )
    assert " checked" not in html


def test_a_select_begins_without_an_answer() -> None:
    html = drawn(Field(name="s", label="Enhet", kind="select", options=LEVELS))
    assert '<option value="">Välj …</option>' in html
    assert " selected" not in html


def test_the_error_summary_links_to_every_faulty_field() -> None:
    fields = [
        Field(name="a", label="A", error="Skriv A."),
        Field(name="b", label="B"),
        Field(name="c", label="C", error="Välj C."),
    ]
    html = piece("{{ ui.error_summary(fields, ('Mötet har varit.',)) }}", fields=fields)
    assert "Det finns 3 saker att rätta" in html
    assert re.findall(r'href="#f-(\w+)"', html) == ["a", "c"]
    assert "autofocus" in html


def test_without_errors_there_is_no_summary() -> None:
    assert piece("{{ ui.error_summary(fields) }}", fields=[Field(name="a", label="A")]).strip() == ""


def test_the_unseen_keys_of_a_form_are_its_command_and_version() -> None:
    html = piece("{{ ui.form_keys(keys) }}", keys=Keys(command_id="c-1", version=7))
    assert 'name="command_id" value="c-1"' in html
    assert 'name="version" value="7"' in html


def test_a_form_about_nothing_yet_has_no_version() -> None:
    assert "version" not in piece("{{ ui.form_keys(keys) }}", keys=Keys(command_id="c-1"))


def test_a_reason_links_to_where_it_is_met_and_says_who_can() -> None:
    html = piece("{{ ui.reasons([('Ordförande saknas.', 'samordnare', '/p'), ('Gap saknar åtgärd.', '', none)]) }}")
    assert '<a class="ds-link" href="/p">Ordförande saknas.</a>' in html
    assert html.count("Kan ordnas av") == 1


@pytest.mark.parametrize(("state", "told"), [("done", "Klart"), ("current", "Pågår"), ("todo", "Återstår")])
def test_a_step_says_its_state_in_words(state: str, told: str) -> None:
    html = piece("{{ ui.steps([{'label': 'Gapanalys', 'state': state}]) }}", state=state)
    assert told in html
    assert ("aria-current" in html) == (state == "current")


def test_a_distribution_without_answers_draws_no_bar() -> None:
    html = piece("{{ ui.distribution('Steg 1', [('Nivå 0', 0, 'level-0')]) }}")
    assert "distribution__bar" not in html
    assert "Nivå 0" in html


def test_the_parts_of_a_distribution_fill_the_bar() -> None:
    html = piece("{{ ui.distribution('Steg 1', [('A', 1, 'level-0'), ('B', 0, 'level-1'), ('C', 3, 'level-2')]) }}")
    assert re.findall(r'class="part [^"]*" x="([\d.]+)%" width="([\d.]+)%"', html) == [
        ("0.0", "25.0"),
        ("25.0", "75.0"),
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_says_which_language_it_is_in_and_offers_the_other(language: str) -> None:
    html = shown("errors/expired.html", language, href="/logga-in")
    assert f'<html lang="{language}"' in html
    other = "en" if language == "sv" else "sv"
    assert f'name="language" value="{other}" lang="{other}"' in html


def test_somebody_unknown_is_offered_to_log_in_and_no_ways_on() -> None:
    html = shown("errors/expired.html", href="/logga-in", visitor=None, nav=[], demo=False)
    assert 'href="/logga-in"' in html
    assert "/logga-ut" not in html
    assert "demo-banner" not in html


def test_a_page_without_an_aside_has_none() -> None:
    assert "<aside" not in shown("errors/expired.html", href="/x")
    assert "<aside" in shown("look/styleguide.html")


def test_a_faulty_form_says_so_first_in_the_title() -> None:
    assert "<title>Fel: Länken gäller inte längre – Förlopp</title>" in shown(
        "errors/expired.html", href="/x", has_errors=True
    )


@pytest.mark.parametrize("name", environment().list_templates(extensions=["html"]))
def test_a_template_can_be_read(name: str) -> None:
    assert environment().get_template(name)


def test_every_level_has_a_pattern_of_its_own() -> None:
    html = shown("errors/expired.html", href="/x")
    drawn_as = re.findall(r'<pattern id="pattern-(?:level-\d|none|unknown)"[^>]*>(.*?)</pattern>', html)
    assert len(drawn_as) == len(set(drawn_as)) == 6


def test_help_stands_in_the_same_place_on_every_page() -> None:
    pages = (shown("look/styleguide.html"), shown("errors/expired.html", href="/x", visitor=None, nav=[]))
    footers = {html[html.index("<footer") : html.index("</footer>")] for html in pages}
    assert len(footers) == 1
    assert 'href="/hjalp"' in footers.pop()
