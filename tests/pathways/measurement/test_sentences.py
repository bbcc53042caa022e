"""What people read beside a chart, in both languages; the words that the method forbids are nowhere."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.pofile import read_po

from pathways.locale import LANGUAGES
from pathways.locale.texts import FOLDER
from pathways.measurement.judge import Judgement
from pathways.measurement.series import Direction, Phase, RuleSet
from tests.pathways.measurement.making import frozen, judged, period, rules, told

CALM = [10, 12, 9, 11, 13, 8, 12, 10, 9, 13, 8, 11]
FORBIDDEN = re.compile(
    r"kontrollgräns|styrgräns|sigma|signifikan|statistiskt|säkerställd|control limit|significan|statistical|"
    r"standardavvikelse|standard deviation|p-värde|p-value|special cause",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_speaks_as_a_statistician_does(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "measure.po").open("rb") as file:
        said = [str(message.string) for message in read_po(file, locale=language)]
    assert [text for text in said if FORBIDDEN.search(text)] == []


def finding(judgement: Judgement, language: str = "sv") -> str:
    return told(judgement.telling[2], language)


def test_a_shift_is_told_in_four_sentences() -> None:
    found = judged([*CALM[:11], 10, *[20] * 8], rules(target=25), frozen(12))
    assert [told(one) for one in found.telling] == [
        "Andel med plan, per månad, 20 värden till och med 2025-08-01.",
        "Senaste värdet är 20, medianen i utgångsläget 10, målet 25.",
        (
            "Förbättring: de senaste 8 värdena, från 2025-01-01, ligger alla över medianen i utgångsläget. "
            "Det är ovanligt av slump. Förändringen är trolig, orsaken avgör ni."
        ),
        "Ta upp vid uppföljningen: stämmer det med vad ni väntade er, är orsaken känd och kan det hålla?",
    ]
    assert told(found.headline) == "Trolig förbättring från 2025-01-01"


def test_a_shift_is_told_in_english() -> None:
    found = judged([*CALM[:11], 10, *[20] * 8], rules(direction=Direction.LOWER), frozen(12))
    assert finding(found, "en") == (
        "Worsening: the latest 8 values, from 2025-01-01, all lie above the median of the baseline. "
        "Chance seldom does that. A change is likely; what caused it is for you to judge."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "sv",
            (
                "För tidigt att bedöma: 7 värden saknas innan en förändring kan skiljas från slump, "
                "tidigast omkring 2024-11-01. Det betyder inte att inget har hänt."
            ),
        ),
        (
            "en",
            (
                "Too early to tell: 7 values are missing before a change can be told from chance, "
                "ready about 2024-11-01 at the earliest. It does not mean that nothing has happened."
            ),
        ),
    ],
)
def test_three_monthly_points_are_too_early(language: str, said: str) -> None:
    assert finding(judged([50, 55, 60], today=date(2024, 3, 1)), language) == said


def charts() -> Iterator[tuple[str, Judgement]]:
    """Series that bring up every kind of sentence."""
    up, xmr, classic = [20.0] * 9, rules(RuleSet.XMR, target=11), rules(RuleSet.CLASSIC)
    yield "nothing", judged([])
    yield "early", judged(CALM[:3], rules(target=5))
    yield "early, no target", judged(CALM[:3])
    yield "provisional", judged(CALM[:7])
    yield "quiet", judged(CALM)
    yield "flat", judged([5] * 12, rules(target=4))
    yield "short baseline", judged([*CALM[:8], *up], rules(), frozen(8))
    yield "crossings", judged([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    yield "run now", judged([*CALM, *up], rules(), frozen(12))
    yield "run with ties", judged([*CALM, 20, 20, 10.5, *up], rules(), frozen(12))
    yield "run over", judged([*CALM, *up, 5], rules(), frozen(12))
    yield "run over, moving line", judged([*up, 1, 2, 1, 30, 2, 1, 2, 1, 2, 1, 2])
    yield "weak", judged([*[10.5] * 7, *CALM])
    yield "unwanted", judged([*CALM, *up], rules(direction=Direction.LOWER), frozen(12))
    yield "no direction", judged([*CALM, *up], rules(direction=Direction.NEITHER), frozen(12))
    yield "downwards", judged([*CALM, *[-1] * 9], rules(direction=Direction.NEITHER), frozen(12))
    yield "limits, quiet", judged(CALM, xmr)
    yield "limits, outside", judged([*CALM, 40], xmr, frozen(12))
    yield "limits, both signs", judged([*CALM, -40, 10, 40], xmr, frozen(12))
    yield "limits, shift", judged([*CALM, *[12.5] * 7], xmr, frozen(12))
    yield "limits, two of three", judged([*CALM, 17, 17, 12], xmr, frozen(12))
    yield "limits, restless", judged([*[1.0] * 6, 2, 2, *up], xmr)
    yield "limits, screened", judged([*CALM, 60, *CALM], xmr)
    yield "limits, gap", judged([*CALM[:5], None, *CALM], xmr)
    yield "rising", judged([*CALM, 8, 9, 10, 11, 12, 13, 14, 15], xmr, frozen(12))
    yield "falling", judged([*CALM, 15, 14, 13, 12, 11, 10, 9, 8], xmr, frozen(12))
    yield "classic", judged([*CALM, 9, 10, 11, 12, 13], classic, frozen(12))
    yield "new definition", judged(CALM, rules(), frozen(6), Phase(starts=period(6), cause="definition"))


CHARTS = list(charts())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("judgement", [one for _, one in CHARTS], ids=[name for name, _ in CHARTS])
def test_every_chart_is_told_in_whole_sentences(judgement: Judgement, language: str) -> None:
    said = [told(one, language) for one in (*judgement.telling, *judgement.notes)]
    assert [text for text in said if not re.fullmatch(r"[^%]*[A-ZÅÄÖ0-9][^%]*[.?]", text)] == []
    assert told(judgement.headline, language)


def test_every_finding_is_brought_up_by_some_chart() -> None:
    with (FOLDER / "sv" / "LC_MESSAGES" / "measure.po").open("rb") as file:
        ids = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file, locale="sv")}
    used = {one.id for _, judgement in CHARTS for one in (judgement.headline, *judgement.telling, *judgement.notes)}
    kinds = ("measure.finding.", "measure.headline.", "measure.advice.", "measure.reset.", "measure.latest.")
    assert sorted(one for one in ids - used if one.startswith(kinds)) == []
