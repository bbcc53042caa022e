"""The weekly digest: which lines, in which order, and one mail a week whatever happens."""

from notifications import outbox
from notifications.delivery import DeliveryReport
from notifications.digest import Held, collect_digests, compose
from notifications.message import JsonValue, MessageKind, Urgency
from tests.notifications.conftest import ASA, NOW, Office, build_message
from tests.notifications.samples import SAMPLES

WEEK = "2026-W49"


def _held(number: int, **values: JsonValue) -> Held:
    return Held(message_id=number, recipient="p", region="dalarna", kind="paused", values=values)


def test_the_gravest_lines_come_first_then_the_earliest_due_then_the_oldest() -> None:
    held = [
        _held(1, name="news"),
        _held(2, name="late", severity=3, due_on="2026-12-03"),
        _held(3, name="later", severity=3, due_on="2026-12-04"),
        _held(4, name="gravest", severity=4),
        _held(5, name="more news"),
    ]
    lines = compose(held, max_lines=12).lines
    assert [line["name"] for line in lines] == ["gravest", "late", "later", "news", "more news"]


def test_what_does_not_fit_is_counted() -> None:
    digest = compose([_held(number) for number in range(15)], max_lines=12)
    assert (len(digest.lines), digest.more) == (12, 3)


def test_a_task_spoken_of_several_times_gets_one_line_the_gravest() -> None:
    held = [
        _held(1, task="Boka", link="/t/1", severity=1, rung="before"),
        _held(2, task="Boka", link="/t/1", severity=3, rung="overdue", days=3),
        _held(3, task="Boka", link="/t/1", severity=3, rung="overdue", days=8),
        _held(4, task="Boka", link="/t/2", severity=1),
    ]
    digest = compose(held, max_lines=12)
    assert [(line["link"], line.get("days")) for line in digest.lines] == [("/t/1", 8), ("/t/2", None)]
    assert digest.more == 0


def _hold(office: Office, *kinds: MessageKind, suffix: str = "") -> None:
    with office.transaction() as connection:
        messages = [build_message(f"{kind}{suffix}", kind, urgency=Urgency.DIGEST) for kind in kinds]
        outbox.put(connection, messages, now=NOW)
    office.deliver()


def _collect(office: Office, week: str = WEEK, max_lines: int = 12) -> int:
    with office.transaction() as connection:
        return collect_digests(connection, now=NOW, week=week, max_lines=max_lines)


def test_a_week_becomes_one_mail_and_the_inbox_does_not_repeat_it(office: Office) -> None:
    _hold(office, *SAMPLES)
    assert _collect(office, max_lines=11) == 1
    assert office.deliver() == DeliveryReport(sent=1)
    (mail,) = office.mail.for_person(ASA.person_id)
    assert mail.rendered.subject == "Din vecka i Förlopp: vecka 49"
    text = mail.rendered.text
    assert text.index("är 1 arbetsdag försenad och behöver din hjälp") < text.index("pausat")
    assert "och 5 till" in text  # of several messages about the same task one is told
    with office.transaction() as connection:
        assert outbox.counts(connection) == outbox.OutboxCounts(sent=len(SAMPLES) + 1)


def test_collecting_twice_in_a_week_sends_one_mail_and_keeps_the_rest_for_next_week(office: Office) -> None:
    _hold(office, MessageKind.PAUSED)
    assert _collect(office) == 1
    _hold(office, MessageKind.RESUMED)
    assert _collect(office) == 0
    assert _collect(office, "2026-W50") == 1
    office.deliver()
    assert [kept.rendered.subject[-2:] for kept in office.mail.kept] == ["49", "50"]


def test_a_person_without_address_gets_no_digest_and_nothing_is_left_waiting(office: Office) -> None:
    office.people.change(ASA.person_id, address=None)
    _hold(office, MessageKind.PAUSED)
    _collect(office)
    assert office.deliver() == DeliveryReport(skipped=1)


def test_a_week_without_anything_to_tell_sends_nothing(office: Office) -> None:
    assert _collect(office) == 0


def test_every_kind_has_its_line(office: Office) -> None:
    for number, kind in enumerate(SAMPLES):
        _hold(office, kind, suffix=str(number))
        assert _collect(office, f"2026-W{number + 1:02}") == 1
    office.deliver()
    assert len(office.mail.kept) == len(SAMPLES)
