"""The archive of one introduction: what was fixed as PDF/A, the log as JSON, sums to check, and a page for a stranger.

Files that need nothing of ours to be read. Roles, bodies and units, never a person who acted, and never a patient
representative; persons are named only where a fixed document, or a file that somebody attached, itself names them.
"""

import csv
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO, StringIO

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Paper
from pathways.documents.paper_pdf import make_paper_pdf
from pathways.documents.pdf import ARCHIVE
from pathways.errors import Refused
from pathways.exports.archive_attachments import add_attachments
from pathways.models.document import Document, DocumentState
from pathways.models.introduction import Event
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.queries.process_log import read_head, read_steps
from pathways.services.document.files import paper_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

SUMS, README, INDEX, LOG = "SHA256SUMS", "README.txt", "index.csv", "logg.json"
FORMAT = "forlopp-arkiv-1"
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)
HEADS = ("fil", "slag", "titel", "utgava", "tillstand", "diarienummer", "process", "gallring", "faststalld", "sha256")

_document, _event = table_of(Document), table_of(Event)
_FIXED: Select[tuple[object, ...]] = (
    select(_document)
    .where(
        _document.c.region_id == bindparam("region"),
        _document.c.introduction_id == bindparam("introduction"),
        _document.c.state != DocumentState.WORKING_PAPER,
    )
    .order_by(_document.c.fixed_at, _document.c.id)
)
_CHAIN: Select[tuple[object, ...]] = (
    select(*(_event.c[name] for name in ("seq", "prev_hash", "hash", "chart", "profile_version")))
    .where(_event.c.region_id == bindparam("region"), _event.c.introduction_id == bindparam("introduction"))
    .order_by(_event.c.seq)
)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive: its name, and its files by path."""

    name: str
    files: Mapping[str, bytes]


def build_archive(
    work: UnitOfWork, *, region_id: int, slug: str, now: datetime, although_open: bool, number: int | None = None
) -> Archive:
    """Return the archive of the newest introduction of that name, or of the one of a number.

    One that is not closed is refused, or marked as open.

    The same introduction, at the same moment, gives the same bytes.
    """
    head = load_head(work, region_id=region_id, slug=slug, number=number)
    if head.is_open and not although_open:
        raise Refused("error.archive_open", pathway=head.pathway)
    rows = work.rows(_FIXED, {"region": region_id, "introduction": head.introduction_id})
    files: dict[str, bytes] = {}
    told: list[dict[str, object]] = []
    for number, row in enumerate(rows, start=1):
        path = f"handlingar/{number:03d}-{row['kind']}-utgava-{row['edition']}"
        files[f"{path}.pdf"] = make_paper_pdf(paper_of(row), variant=ARCHIVE)
        files[f"{path}.json"] = str(row["content"]).encode()
        told.append(_told(f"{path}.pdf", row))
    attached = add_attachments(work, region_id=region_id, introduction_id=head.introduction_id)
    files |= attached
    files[LOG] = _log(work, head, region_id=region_id)
    files[INDEX] = _index(told)
    region = read_head(work, region_id=region_id).region
    files[README] = _readme(head, region, told, attached, now=now).encode()
    files[SUMS] = _sums(files)
    return Archive(f"arkiv-{slug}-{head.number}", dict(sorted(files.items())))


def packed(archive: Archive) -> bytes:
    """Return the archive as a zip file, all in one folder."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in archive.files.items():
            entry = zipfile.ZipInfo(f"{archive.name}/{path}", SAME_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(entry, content)
    return made.getvalue()


def _told(path: str, row: Row) -> dict[str, object]:
    paper: Paper = paper_of(row)
    values = (
        *(path, row["kind"], paper.title, row["edition"], row["state"], row["register_no"] or ""),
        *(row["process_class"] or "", row["retention"] or "", row["fixed_at"].date().isoformat(), row["sha256"]),
    )
    return dict(zip(HEADS, values, strict=True))


def _index(told: Sequence[Mapping[str, object]]) -> bytes:
    made = StringIO()
    writer = csv.DictWriter(made, HEADS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)
    return made.getvalue().encode()


def _log(work: UnitOfWork, head: Head, *, region_id: int) -> bytes:
    """Return every event with the role that acted and what it was about; no person, no free text."""
    chain = work.rows(_CHAIN, {"region": region_id, "introduction": head.introduction_id})
    steps = {step.seq: step for step in read_steps(work, region_id=region_id, introduction_id=head.introduction_id)}
    names = read_head(work, region_id=region_id)
    told = {
        "format": FORMAT,
        "vardforlopp": head.pathway,
        "inforande": head.number,
        "enheter": {str(number): name for number, name in names.units.items()},
        "organ": {str(number): name for number, name in names.bodies.items()},
        "handelser": [{**asdict(steps[row["seq"]]), **dict(row)} for row in chain],
    }
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> object:
    if isinstance(value, date):  # instants among them
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else str(value)


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())).encode()


def _readme(
    head: Head, region: str, told: Sequence[Mapping[str, object]], attached: Mapping[str, bytes], *, now: datetime
) -> str:
    state = "OBS! INTE AVSLUTAT. Införandet pågick när arkivet gjordes.\n\n" if head.is_open else ""
    listed = "\n".join(f"  {one['fil']}\n      {one['titel']}, utgåva {one['utgava']}" for one in told) or "  Inga."
    return PAGE.format(
        state=state,
        region=region,
        pathway=head.pathway,
        number=head.number,
        day=now.date().isoformat(),
        listed=listed,
        attached=ATTACHED if attached else "Inget bifogades till uppgifterna.",
    )


ATTACHED = """Varje fil och länk som bifogades till en uppgift har en rad i bilagor.csv, med uppgift och kontrollsumma.
En fil som togs bort har en dag i kolumnen borttagen: dess innehåll är förstört och finns inte här. Av länkar finns
bara adressen."""

PAGE = """{state}ARKIV ÖVER ETT INFÖRANDE AV ETT VÅRDFÖRLOPP

Region:       {region}
Vårdförlopp:  {pathway}
Införande:    nummer {number} i regionen
Gjort:        {day}, av programmet Förlopp

VAD ÄR DET HÄR?
Ett vårdförlopp är ett nationellt kunskapsstöd för hur en viss grupp patienter ska få vård. När en region
inför ett vårdförlopp jämför enheterna hur de arbetar med hur det ska vara (gapanalys), planerar vad som
ska ändras (handlingsplan), beslutar, genomför och följer upp i lärandeloopar. Mappen innehåller det som
fastställdes under införandet, och loggen över vad som hände när. Inga uppgifter om patienter finns med.

VAD FINNS HÄR?
  README.txt       den här sidan
  index.csv        förteckning över handlingarna: text i UTF-8, semikolon mellan kolumnerna, en rad per handling
  handlingar/      varje fastställd handling som PDF/A (för att läsas) och JSON (samma innehåll, för program)
  bilagor/         filerna som bifogades till uppgifter, som de lämnades; bilagor.csv är förteckningen över dem
  logg.json        alla händelser i tidsordning
  SHA256SUMS       kontrollsummor över alla andra filer

HANDLINGARNA
{listed}

Kolumnerna process och gallring i index.csv säger vart handlingen hör i regionens arkiv och hur länge den sparas.
Kolumnen sha256 är kontrollsumman som räknades när handlingen fastställdes. Den är lika med kontrollsumman av
handlingens JSON-fil, om inget har ändrats sedan dess.

BILAGORNA
{attached}

LOGGEN
Varje händelse har ett löpnummer (seq), ett klockslag i UTC (at), vad som gjordes (command), vilken roll som
gjorde det (role) och var införandet stod efteråt (phase, place, standing). Vad händelsen rörde står under touched.
Personer står inte i loggen, bara roller; system betyder att programmet självt gjorde det efter klockan.
Varje händelse bär kontrollsumman av händelsen före (prev_hash) och sin egen (hash): är kedjan hel har inget tagits
bort. Summan räknades på händelsens fullständiga innehåll i Förlopp, som även rymmer vem som handlade.

KONTROLLERA ATT INGET HAR ÄNDRATS
I Linux och macOS, i den här mappen:      sha256sum -c SHA256SUMS
I Windows (PowerShell), en fil i taget:   Get-FileHash -Algorithm SHA256 handlingar\\*

ORDLISTA
  arbetsmaterial   handling som inte är fastställd; finns inte i arkivet
  fastställd       innehållet är låst (i index.csv: fixed)
  expedierad       fastställd och skickad (i index.csv: dispatched)
  utgåva           en fastställd handling ändras aldrig; en ny utgåva kan ersätta den
"""
