"""What the web process is told at its start, and what it refuses to start with."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from pathways.errors import PathwaysError


class DemoOffLoopback(PathwaysError):
    """The demo lets anybody in without a password; it answers on this machine alone."""

    sentence = "error.demo_off_loopback"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """How this process serves: the address that people see, and whether demo people may be picked without login.

    Raises `DemoOffLoopback` for a demo that would answer another machine.
    """

    base_url: str
    host: str = "127.0.0.1"
    demo: bool = False

    def __post_init__(self) -> None:
        if self.demo and not is_loopback(self.host):
            raise DemoOffLoopback(host=self.host)

    @property
    def is_https(self) -> bool:
        """Say whether people reach the product over TLS, so that cookies may ask for it."""
        return urlsplit(self.base_url).scheme == "https"


def is_loopback(host: str) -> bool:
    """Say whether an address or name is this machine's own loopback."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
