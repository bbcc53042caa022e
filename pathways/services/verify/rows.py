"""Are the rows what the log says they are? Every column of every row against the fold, texts by their digest."""

from collections.abc import Iterator, Mapping, Sequence

from pathways.models.base import CaseRow
from pathways.models.case_rows import CASE_TABLES
from pathways.models.introduction import OWN_COLUMNS
from pathways.services.verify.finding import Finding
from pathways.storage.fold import Folded
from pathways.storage.log import plain, text_digest
from pathways.storage.unit_of_work import Row, defaults_of

KEYS = frozenset({"introduction_id", "ref", "made_in", "region_id"})


def check_rows(
    introduction: Row, state: Folded, rows: Mapping[str, Sequence[Row]], texts: Mapping[str, Row]
) -> Iterator[Finding]:
    """Yield each row that is missing, too many, or different from what the log says."""
    slug = str(introduction["slug"])
    for name in sorted(OWN_COLUMNS):
        if plain(introduction[name]) != state.own.get(name):
            yield Finding(slug, "verify.column_differs", {"table": "introduction", "ref": "", "column": name})
    for table, kind in CASE_TABLES.items():
        stored = rows.get(table, ())
        yield from _check_table(slug, kind, state, stored, texts)
        for row in stored:
            if row.get("region_id", introduction["region_id"]) != introduction["region_id"]:
                yield Finding(slug, "verify.column_differs", {"table": table, "ref": row["ref"], "column": "region_id"})


def check_texts(slug: str, texts: Mapping[str, Row]) -> Iterator[Finding]:
    """Yield each kept text that is not the one the log has the digest of; an erased one is as it should be."""
    for digest, text in texts.items():
        if text["salt"] is not None and text_digest(text["salt"], text["body"]) != digest:
            yield Finding(slug, "verify.text_altered", {"digest": digest[:12]})


def _check_table(
    slug: str, kind: type[CaseRow], state: Folded, rows: Sequence[Row], texts: Mapping[str, Row]
) -> Iterator[Finding]:
    table = str(kind.__tablename__)
    logged = {ref: row for (name, ref), row in state.rows.items() if name == table}
    stored = {str(row["ref"]): row for row in rows}
    for ref in sorted(logged.keys() ^ stored.keys()):
        sentence = "verify.row_missing" if ref in logged else "verify.row_unlogged"
        yield Finding(slug, sentence, {"table": table, "ref": ref})
    compared = set(kind.model_fields) - KEYS - kind.CLOCKWORK
    defaults = {name: plain(value) for name, value in defaults_of(kind).items()}
    for ref in sorted(logged.keys() & stored.keys()):
        for name in sorted(compared):
            if not _agree(stored[ref][name], logged[ref].get(name, defaults.get(name)), texts):
                yield Finding(slug, "verify.column_differs", {"table": table, "ref": ref, "column": name})


def _agree(stored: object, logged: object, texts: Mapping[str, Row]) -> bool:
    if isinstance(logged, Mapping) and "text" in logged:
        text = texts.get(str(logged["text"]))
        return text is not None and (text["salt"] is None or text["body"] == stored)
    return plain(stored) == logged
