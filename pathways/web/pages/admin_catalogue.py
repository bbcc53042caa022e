"""`/admin/katalog` and `/admin/profil`: the national catalogue from a file, and what this region does its own way."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.catalogue.read import read_catalogue
from pathways.errors import PathwaysError
from pathways.locale import LANGUAGES
from pathways.profiles.load import load_shipped_profile
from pathways.profiles.schema import Profile
from pathways.reading.problems import InvalidFile
from pathways.services.administration.office import Office
from pathways.services.import_catalogue import CatalogueChange, import_catalogue
from pathways.web.forms import Field
from pathways.web.office import Cell, Form, Line, Sheet, administer, show_form, show_sheet, words_of
from pathways.web.upload import UploadDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
HERE = "/admin/katalog"
FILE = "katalog.yaml"


@router.get(HERE)
def catalogue(visit: VisitDep) -> Response:
    """Take a catalogue file."""
    return _form(visit)


@router.post(HERE)
def read(visit: VisitDep, upload: UploadDep) -> Response:
    """Read a catalogue file, all of it or nothing; every fault is told with its line."""
    visit.require("manage_catalogue")
    if upload.is_too_large or not upload.content:
        name = "web.admin.file_too_large" if upload.is_too_large else "web.admin.file_missing"
        return _form(visit, error=visit.texts.say(name), status=422)
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(upload.content)
        try:
            pathways = read_catalogue(path)
        except InvalidFile as error:
            told = visit.texts.say(error.sentence, file=upload.name, n=len(error.problems))
            return _form(visit, error=told, others=_problems(visit, error), status=422)
        except PathwaysError as error:
            return _form(visit, error=words_of(visit, error)[1], status=422)

    def write(office: Office) -> CatalogueChange:
        change = import_catalogue(office.work, pathways)
        office.record("import_catalogue", str(len(pathways)))
        return change

    change = administer(visit, "manage_catalogue", write)
    return visit.redirect(
        "/katalog", "web.admin.told.catalogue", n=len(change.new), changed=len(change.changed), versions=change.versions
    )


@router.get("/admin/profil")
def profile(visit: VisitDep) -> Response:
    """Show the region's profile, and where it differs from the one that comes with the product."""
    visit.require("see_profile")
    say, mine = visit.texts.say, dict(_leaves(visit.profile.model_dump(mode="json"), ""))
    shipped = dict(_leaves(load_shipped_profile().model_dump(mode="json"), ""))
    names = sorted({*mine, *shipped}, key=lambda name: (mine.get(name) == shipped.get(name), name))
    lines = tuple(
        Line(
            (
                Cell(name),
                Cell(mine.get(name, "–"), language=_language_of(name)),
                Cell(shipped.get(name, "–"), language=_language_of(name)),
                Cell(say("web.admin.differs"), tone="info") if mine.get(name) != shipped.get(name) else Cell(""),
            )
        )
        for name in names
    )
    sheet = Sheet(
        title=say("web.admin.room.profile"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("setting", "here", "default", "difference")),
        lines=lines,
        empty="",
        intro=say("web.admin.profile_intro", version=_version(visit.profile)),
    )
    return show_sheet(visit, sheet)


def _language_of(name: str) -> str:
    """Return the language of a setting that is given in several, by the end of its name."""
    end = name.rpartition(".")[2]
    return end if end in LANGUAGES else ""


def _version(profile: Profile) -> str:
    return profile.version


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every single value of a profile with the way to it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for place, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{path}[{place}]")
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value)) or "–"
    else:
        yield path, "–" if value is None else str(value)


def _problems(visit: Visit, error: InvalidFile) -> list[str]:
    say = visit.texts.say
    return [
        say("web.admin.file_problem", line=one.line, field=one.field or "–", what=say(one.sentence, **one.values))
        for one in error.problems
    ]


def _form(visit: Visit, *, error: str = "", others: list[str] | None = None, status: int = 200) -> Response:
    visit.require("manage_catalogue")
    say = visit.texts.say
    field = Field(
        name="file",
        label=say("web.admin.catalogue_file"),
        help=say("web.admin.help.catalogue"),
        kind="file",
        error=error,
    )
    form = Form(action=HERE, fields=(field,), button=say("web.admin.catalogue_read"), upload=True)
    title, intro = say("web.admin.room.catalogue"), say("web.admin.catalogue_intro")
    return show_form(visit, title, form, intro=intro, status=status, others=others or [])
