"""The demo's mail receiver: real SMTP in, whole files out."""

import asyncio
import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from pathways.cli.demo_mail import LOOPBACK, receive
from pathways.cli.probes import find_free_port, port_open

SENDER, TAKER = "forlopp@demo.invalid", "asa@demo.invalid"


def _send(port: int, subject: str) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, SENDER, TAKER
    mail.set_content("Nästa möte är på tisdag.")
    with smtplib.SMTP(LOOPBACK, port) as connection:
        connection.send_message(mail)


async def _receive(folder: Path, *subjects: str) -> None:
    port, stop = find_free_port(), asyncio.Event()
    receiving = asyncio.create_task(receive(port, folder, stop))
    while not await port_open(port)():
        await asyncio.sleep(0.01)
    for subject in subjects:
        await asyncio.to_thread(_send, port, subject)
    stop.set()
    await receiving


def test_every_mail_becomes_one_file_in_the_order_of_arrival(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_receive(tmp_path, "Återkoppling", "Beslut"))
    files = sorted(tmp_path.glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [file.name for file in files] == ["000001.eml", "000002.eml"]
    assert [mail["Subject"] for mail in mails] == ["Återkoppling", "Beslut"]
    assert capsys.readouterr() == ("", "")


def test_numbering_goes_on_after_a_restart(tmp_path: Path) -> None:
    asyncio.run(_receive(tmp_path, "ett"))
    asyncio.run(_receive(tmp_path, "två"))
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["000001.eml", "000002.eml"]
