"""How a mail address becomes the one-line address that the Apprise channel understands."""

from typing import Literal
from urllib.parse import urlencode


def build_mail_address(
    to: str,
    *,
    sender: str,
    host: str,
    port: int,
    mode: Literal["insecure", "starttls", "ssl"] = "insecure",
) -> str:
    """Builds the address of a mail box reached through the given mail server.

    `sender` may carry a name: "Förlopp <forlopp@regiondalarna.example>". Nothing is checked here; the channel
    refuses a malformed address for good.
    """
    scheme = "mailto" if mode == "insecure" else "mailtos"
    return f"{scheme}://{host}:{port}/?{urlencode({'from': sender, 'to': to, 'mode': mode})}"
