"""Sessions and login links are in no backup, and no file brings them in."""

from pathlib import Path

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import BackupDamaged
from pathways.models.access import LoginLink, UsedLink, WebSession
from pathways.services.access.login_link import mail_login_link
from pathways.services.access.session import LIFE, start_session
from pathways.storage.backup import LEFT_OUT, backup, restore
from pathways.storage.backup_file import Kind, Manifest, create, open_backup
from pathways.storage.database import Database
from pathways.storage.revision import HEAD
from tests.pathways.services.access.people import SECRET, person_id, write

COLUMNS: dict[str, Kind] = {
    "id": "plain",
    "person_id": "plain",
    "region_id": "plain",
    "way": "plain",
    "language": "plain",
    "created_at": "instant",
    "last_seen_at": "instant",
    "expires_at": "instant",
    "ended_at": "instant",
    "notices": "json",
}


def test_a_backup_lets_nobody_in(stamped: App, clock: SetClock, tmp_path: Path) -> None:
    someone = person_id(stamped, "sam")
    write(stamped, lambda work: start_session(work, someone, now=clock.now()))
    write(
        stamped,
        lambda work: mail_login_link(work, "sam@forlopp.example", secret=SECRET, target="/", now=clock.now()),
    )
    made = backup(stamped.database, tmp_path / "kopia.zip", now=clock.now())
    assert {str(kind.__tablename__) for kind in (WebSession, LoginLink)} == LEFT_OUT
    assert {"person", "outbox_message", str(UsedLink.__tablename__)} <= set(made.rows)
    with open_backup(tmp_path / "kopia.zip") as reader:
        assert not LEFT_OUT & set(reader.manifest.tables)


def test_a_file_that_brings_a_session_is_refused(clock: SetClock, tmp_path: Path) -> None:
    now, target = clock.now(), Database(f"sqlite:///{tmp_path / 'ny.db'}")
    session: tuple[object, ...] = ("a" * 64, 1, 1, "mail_link", "", now, now, now + LIFE, None, [])
    with create(tmp_path / "kopia.zip") as writer:
        writer.write_table("web_session", COLUMNS, [session])
        writer.write_manifest(
            Manifest(revision=HEAD, made_at=now, made_from="sqlite", origins={}, tables=writer.tables)
        )
    with pytest.raises(BackupDamaged) as refused:
        restore(tmp_path / "kopia.zip", target, now=now)
    target.dispose()
    assert refused.value.values["part"] == "web_session"
