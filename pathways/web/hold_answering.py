"""How somebody answers the hold check: a question a screen, or all on one page, and handing in.

What is chosen is kept as the person's own draft at every screen, so that it works without script and on a phone that is
put away. The same pages serve whoever is logged in and whoever came by the link of a mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from pathways.errors import InvalidOrder, Refused
from pathways.queries.holding import Question
from pathways.services.drafts import drop_draft, find_draft, keep_draft
from pathways.services.hold.lines import LINES, TOP
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.visit import NotFound, Visit

Typed = Mapping[str, Sequence[str]]
DONT_KNOW = "dont_know"
LEVELS = (*(str(level) for level in range(TOP + 1)), DONT_KNOW)
UNREADABLE = 422


@dataclass(frozen=True, slots=True)
class Sheet:
    """The ten questions before one person: `base` is the address under which they stand, `after` the way on.

    `key` is the command's id where a link gives one.
    """

    visit: Visit
    slug: str
    pathway: str
    base: str
    after: str
    question: Question
    key: str = ""

    @property
    def draft_key(self) -> str:
        """Return the name of the person's draft."""
        return f"hall-i:{self.question.introduction_id}:{self.question.check_ref}"

    def typed(self) -> Typed:
        """Return what the person has chosen so far."""
        with self.visit.read() as work:
            draft = find_draft(work, self.visit.visitor.person_id, self.draft_key)
        return draft.typed if draft else {}


def show_start(sheet: Sheet) -> Response:
    """Answer with what this is about, how answers are shown, and the two ways to answer."""
    typed = sheet.typed()
    done = [line for line in LINES if first(typed, line)]
    left = next((number for number, line in enumerate(LINES, 1) if line not in done), None)
    return sheet.visit.page("hold/start.html", sheet=sheet, done=len(done), total=len(LINES), go_on=left)


def show_question(sheet: Sheet, number: int, typed: Typed | None = None, *, is_missing: bool = False) -> Response:
    """Answer with one question."""
    _require_open(sheet)
    line = _line(number)
    error = sheet.visit.texts.say("web.hold.choose_one") if is_missing else ""
    field = _field(sheet.visit, line, typed if typed is not None else sheet.typed(), {line: error} if error else {})
    return sheet.visit.page(
        "hold/question.html",
        UNREADABLE if is_missing else 200,
        sheet=sheet,
        field=field,
        number=number,
        total=len(LINES),
        has_errors=is_missing,
    )


def save_question(sheet: Sheet, number: int, form: Typed) -> Response:
    """Keep one answer and go on to the next question, after the last one to the page with all."""
    _require_open(sheet)
    line = _line(number)
    chosen = first(form, line)
    if chosen not in LEVELS:
        return show_question(sheet, number, form, is_missing=True)
    _keep(sheet, {**sheet.typed(), line: [chosen]})
    way = f"/{number + 1}" if number < len(LINES) else "/alla"
    return sheet.visit.redirect(sheet.base + way)


def show_all(
    sheet: Sheet, typed: Typed | None = None, errors: Mapping[str, str] | None = None, others: Sequence[str] = ()
) -> Response:
    """Answer with all questions, as they were answered so far."""
    _require_open(sheet)
    given, errors = typed if typed is not None else sheet.typed(), errors or {}
    fields = [_field(sheet.visit, line, given, errors) for line in LINES]
    faulty = bool(errors or others)
    return sheet.visit.page(
        "hold/all.html",
        UNREADABLE if faulty else 200,
        sheet=sheet,
        fields=fields,
        others=others,
        keys=Keys(sheet.key) if sheet.key else Keys(),
        has_errors=faulty,
    )


def hand_in(sheet: Sheet, form: Typed) -> Response | None:
    """Hand the answers in; return the page with what is missing, or None where they are in."""
    _require_open(sheet)
    given = {line: [first(form, line)] for line in LINES if first(form, line) in LEVELS}
    _keep(sheet, given)
    missing = {line: sheet.visit.texts.say("web.hold.choose_one") for line in LINES if line not in given}
    if missing:
        return show_all(sheet, form, missing)
    answers = [{"line": line, "level": _level(chosen[0])} for line, chosen in given.items()]
    keys = Keys(sheet.key or keys_of(form).command_id)
    try:
        sheet.visit.run(sheet.slug, "answer_hold_check", {"answers": answers}, keys=keys)
    except (InvalidOrder, Refused) as error:
        return show_all(sheet, form, others=[sheet.visit.wording.sentence(error.sentence, error.values)])
    _drop(sheet)
    return None


def _level(chosen: str) -> int | str:
    return DONT_KNOW if chosen == DONT_KNOW else int(chosen)


def _line(number: int) -> str:
    if not 1 <= number <= len(LINES):
        raise NotFound
    return LINES[number - 1]


def _require_open(sheet: Sheet) -> None:
    if not sheet.question.is_open:
        raise NotFound


def _field(visit: Visit, line: str, typed: Typed, errors: Mapping[str, str]) -> Field:
    say = visit.texts.say
    options = tuple(Option(value=one, label=say(f"web.hold.level.{one}")) for one in LEVELS)
    field = Field(name=line, label=visit.texts.word("web.hold.ask", line), kind="radios", options=options)
    return field.filled(typed, errors)


def _keep(sheet: Sheet, typed: Typed) -> None:
    person_id, now, key = sheet.visit.visitor.person_id, sheet.visit.now, sheet.draft_key
    sheet.visit.app.retry(lambda work: keep_draft(work, person_id, key, typed, now))


def _drop(sheet: Sheet) -> None:
    person_id, key = sheet.visit.visitor.person_id, sheet.draft_key

    def drop(work: UnitOfWork) -> None:
        drop_draft(work, person_id, key)

    sheet.visit.app.retry(drop)
