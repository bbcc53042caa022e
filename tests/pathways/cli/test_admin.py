"""The first administrator's way in, printed once on the command line."""

import re

from sqlalchemy import select

from pathways.models.access import LoginLink
from pathways.services.access.login_link import use_link
from pathways.services.access.session import start_session
from pathways.storage.unit_of_work import table_of
from tests.pathways.cli.shell import Shell
from tests.pathways.services.access.people import person_id, rows, write

LINK = re.compile(r"^http://127\.0\.0\.1:8410/logga-in/([a-z2-7]{52})$", re.MULTILINE)
NEW = ("admin", "setup-link", "--person", "ny", "--name", "Nina Ny", "--address", "nina@forlopp.example")


def log_in(shell: Shell, slug: str) -> None:
    someone = person_id(shell.app, slug)
    write(shell.app, lambda work: start_session(work, someone, now=shell.clock.now()))


def test_a_link_is_printed_that_logs_the_administrator_in(shell: Shell) -> None:
    outcome = shell(*NEW)
    assert outcome.code == 0
    assert "Nina Ny (ny) är upplagd som administratör." in outcome.out
    assert "en gång, inom 30 minuter" in outcome.out
    (token,) = LINK.findall(outcome.out)
    opened = write(shell.app, lambda work: use_link(work, token, now=shell.clock.now()))
    assert opened.person_id == person_id(shell.app, "ny")
    assert token not in str(rows(shell.app, select(table_of(LoginLink))))


def test_somebody_who_is_there_needs_no_name(shell: Shell) -> None:
    outcome = shell("admin", "setup-link", "--person", "adm")
    assert outcome.code == 0
    assert "upplagd" not in outcome.out
    assert "Ada Malm" in outcome.out


def test_somebody_unknown_is_refused_with_the_nearest(shell: Shell) -> None:
    outcome = shell("admin", "setup-link", "--person", "adn")
    assert outcome.code == 1
    assert "adm" in outcome.err


def test_once_an_administrator_has_logged_in_it_takes_force(shell: Shell) -> None:
    log_in(shell, "adm")
    refused = shell(*NEW)
    assert refused.code == 1
    assert "--force" in refused.err
    assert shell(*NEW, "--force").code == 0


def test_before_the_region_is_set_up_the_command_says_so(bare_shell: Shell) -> None:
    bare_shell("db", "upgrade")
    outcome = bare_shell(*NEW)
    assert outcome.code == 1
    assert "forlopp region set-up" in outcome.err
