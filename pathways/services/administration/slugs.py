"""Makes the short names that stand in addresses and logs from the names that people read. Pure."""

import re
import unicodedata

LONGEST = 50


def slug_of(name: str, *, otherwise: str) -> str:
    """Return small letters a to z, digits and hyphens: "Vårdcentralen Älvdalen" becomes "vardcentralen-alvdalen"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or otherwise
