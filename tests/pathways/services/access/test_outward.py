"""What leaves for a mail box carries its signed link; what stays behind, in outbox, inbox and backup, does not."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from notifications.channels.memory import Kept, MemoryChannel
from notifications.tables import inbox_item
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.models.access import LoginLink
from pathways.services.access.login_link import LIFE, mail_login_link, use_link
from pathways.services.access.task_link import open_task_link
from pathways.services.clockwork.delivery import deliver_due
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.access.people import change_person, outbox, person_id, read, rows, write

TASK = re.compile(r"http://127\.0\.0\.1:8410/u/([a-z2-7]+)")
LOGIN = re.compile(r"http://127\.0\.0\.1:8410/logga-in/([a-z2-7]+)")


def deliver(app: App, **failing: bool) -> list[Kept]:
    channel = MemoryChannel()
    if failing:
        channel.fail_next(permanent=False)
    deliver_due(app, build_post(app, channel), now=app.clock.now())
    return channel.kept


def ask(app: App, address: str = "sam@forlopp.example") -> None:
    write(app, lambda work: mail_login_link(work, address, secret=app.secret, target="/", now=app.clock.now()))


def left_behind(app: App) -> str:
    return str(outbox(app)) + str(rows(app, select(inbox_item))) + str(rows(app, select(table_of(LoginLink))))


def test_the_mail_about_a_task_opens_that_task(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    mails = [one for one in deliver(app) if one.rendered.kind == "task_handed"]
    assert mails
    for mail in mails:
        (token,) = TASK.findall(mail.rendered.text)
        link = read(app, lambda work, token=token: open_task_link(work, token, secret=app.secret, now=clock.now()))  # type: ignore[misc]  # bound now
        assert str(link.person_id) == mail.recipient.person_id
        assert mail.rendered.link == f"/forlopp/kol/uppgift/{link.ref}"
        assert token in mail.rendered.html
        assert token not in left_behind(app)


def test_the_inbox_leads_to_the_page_itself(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    deliver(app)
    bodies = [row["body"] for row in rows(app, select(inbox_item)) if row["kind"] == "task_handed"]
    assert bodies
    assert all("/forlopp/kol/uppgift/" in body and "/u/" not in body for body in bodies)


def test_where_others_may_read_along_no_link_opens_a_task(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    for slug in ("res", "ana"):
        change_person(app, slug, address="slack://token/channel")
    mails = [one for one in deliver(app) if (one.recipient.address or "").startswith("slack")]
    assert mails
    assert not any(TASK.search(mail.rendered.text) for mail in mails)


def test_the_mail_with_a_login_link_logs_in(app: App, clock: SetClock) -> None:
    ask(app)
    (mail,) = deliver(app)
    (token,) = LOGIN.findall(mail.rendered.text)
    assert token not in left_behind(app)
    assert write(app, lambda work: use_link(work, token, now=clock.now())).person_id == person_id(app, "sam")


@pytest.mark.parametrize(
    ("language", "subject"), [("sv", "Din inloggningslänk till Förlopp"), ("en", "Your login link to Förlopp")]
)
def test_a_login_link_is_mailed_in_the_persons_language_and_names_nobody(app: App, language: str, subject: str) -> None:
    change_person(app, "sam", language=language)
    ask(app)
    (mail,) = deliver(app)
    assert mail.rendered.subject == subject


def test_a_login_link_is_never_in_an_inbox(app: App) -> None:
    ask(app)
    deliver(app)
    assert rows(app, select(inbox_item)) == []


def test_a_login_link_that_would_come_too_late_is_not_sent(app: App, clock: SetClock) -> None:
    ask(app)
    deliver(app, failing=True)
    clock.set(clock.now() + LIFE)
    assert deliver(app) == []
    assert outbox(app)[0]["state"] == "skipped"


def test_a_login_link_that_failed_is_the_same_when_it_is_sent_again(app: App, clock: SetClock) -> None:
    ask(app)
    deliver(app, failing=True)
    clock.set(clock.now() + timedelta(minutes=10))
    (mail,) = deliver(app)
    (token,) = LOGIN.findall(mail.rendered.text)
    assert write(app, lambda work: use_link(work, token, now=clock.now()))


def test_a_login_link_without_a_mail_server_is_a_dead_letter(app: App) -> None:
    change_person(app, "sam", address="sam@forlopp.example")
    ask(app)
    deliver(app)
    assert (outbox(app)[0]["state"], outbox(app)[0]["last_error"]) == (
        "dead",
        "there is no way to the recipient's address",
    )
