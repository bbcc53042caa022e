"""Puts a message into words: subject, text, HTML and calendar file, in Swedish or English.

A missing value, an unknown id or a missing translation file is a `RenderError` that names template and value;
nothing is ever shown with a hole in it. Whom it goes to and when is not known here.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from notifications.calendar_invite import Meeting, build_invite
from notifications.channels.base import Attachment, Language, Rendered
from notifications.errors import CatalogueMissing, RenderError
from notifications.message import JsonValue, MessageKind
from notifications.values import list_holes
from notifications.wording import build_filters

TEMPLATES: Final = Path(__file__).parent / "templates"
LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
INVITING: Final = frozenset({MessageKind.LOOP_OPENS, MessageKind.SUMMONS})
"""The kinds that bring a calendar file."""
_WANT_HTML: Final[Mapping[str, bool]] = {"subject.txt": False, "body.txt": False, "body.html": True}


class Renderer:
    """Renders messages; built once per process. `base_url` is where the product's pages live."""

    def __init__(self, *, base_url: str, zone: ZoneInfo = STOCKHOLM, locale_dir: Path = LOCALE) -> None:
        self._base_url = base_url
        self._zone = zone
        self._environments = {
            (language, html): self._build_environment(language, locale_dir, html=html)
            for language in LANGUAGES
            for html in (False, True)
        }

    def render(
        self,
        kind: MessageKind,
        values: Mapping[str, JsonValue],
        language: Language,
        *,
        stamped_at: datetime,
    ) -> Rendered:
        """Renders one message in one language. `stamped_at` goes into the calendar file only."""
        if holes := list_holes(kind, values):
            raise RenderError(f"{kind.value}: {', '.join(holes)} is None")
        spoken = {name: in_language(value, language) for name, value in values.items()}
        subject = " ".join(self._fill(kind, "subject.txt", language, spoken).split())
        context = {**spoken, "subject": subject, "language": language}
        text = self._fill(kind, "body.txt", language, context)
        return Rendered(
            kind=kind.value,
            language=language,
            subject=subject,
            text=text,
            html=self._fill(kind, "body.html", language, context),
            link=str(spoken["link"]),
            attachments=self._attachments(kind, spoken, text=text, subject=subject, stamped_at=stamped_at),
        )

    def _fill(self, kind: MessageKind, part: str, language: Language, context: Mapping[str, JsonValue]) -> str:
        name = f"{kind.value}/{part}"
        try:
            return _tidy(self._environments[language, _WANT_HTML[part]].get_template(name).render(context))
        except (TemplateError, RenderError, ValueError, TypeError, AttributeError) as error:
            raise RenderError(f"{name}: {error}") from error

    def _build_environment(self, language: Language, locale_dir: Path, *, html: bool) -> Environment:
        # Two environments a language: escaping is a property of the whole output, layouts and includes too.
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=html,  # noqa: S701  # plain text is not HTML; the HTML environment escapes all
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )
        translations = load_translations(locale_dir, language)
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
        environment.filters.update(build_filters(language, translations, zone=self._zone, base_url=self._base_url))
        return environment

    def _attachments(
        self,
        kind: MessageKind,
        values: Mapping[str, JsonValue],
        *,
        text: str,
        subject: str,
        stamped_at: datetime,
    ) -> tuple[Attachment, ...]:
        if kind not in INVITING:
            return ()
        try:
            meeting = _meeting_of(values, self._base_url, title=subject, description=text)
        except (KeyError, ValueError, TypeError) as error:
            raise RenderError(f"{kind.value}/calendar: {error}") from error
        # Letters beyond ASCII in the name would make some mail programs hide the file.
        content = build_invite(meeting, zone=self._zone, stamped_at=stamped_at)
        return (Attachment(name="kalender.ics", media_type="text/calendar", content=content),)


@lru_cache
def load_translations(locale_dir: Path, language: str) -> GNUTranslations:
    """Loads the compiled texts of a language; refuses with the way out when they have not been compiled."""
    path = locale_dir / language / "LC_MESSAGES" / "notifications.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError as error:
        raise CatalogueMissing(f"{path} is missing; run `make install`, which compiles the texts") from error


def in_language(value: JsonValue, language: Language) -> JsonValue:
    """Picks the language of every text that is given in several, at any depth; leaves all else alone."""
    if isinstance(value, Mapping):
        if value and value.keys() <= set(LANGUAGES):
            return value.get(language) or next(iter(value.values()))
        return {name: in_language(part, language) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [in_language(part, language) for part in value]
    return value


def _tidy(text: str) -> str:
    """Takes away what the tags of a template leave behind: spaces at line ends, and more than one empty line."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _meeting_of(values: Mapping[str, JsonValue], base_url: str, *, title: str, description: str) -> Meeting:
    starts_at, minutes, place = values["starts_at"], values["minutes"], values["place"]
    return Meeting(
        uid=str(values["event_uid"]),
        title=title,
        description=description,
        link=f"{base_url.rstrip('/')}/{str(values['link']).lstrip('/')}",
        on=date.fromisoformat(str(values["meeting_on"])),
        starts_at=None if starts_at is None else datetime.fromisoformat(str(starts_at)),
        duration=timedelta(minutes=int(str(minutes))) if minutes is not None else timedelta(hours=1),
        place=None if place is None else str(place),
        sequence=int(str(values.get("event_sequence") or 0)),
        cancelled=values.get("change") == "cancelled",
    )
