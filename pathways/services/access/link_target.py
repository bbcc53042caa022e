"""Where somebody goes next: only to a page of this product, whatever an address or a form asked for (pure)."""

from urllib.parse import urlsplit

HOME = "/"
LONGEST = 500


def own_path(wanted: str) -> str:
    """Return the path that was asked for if it leads to a page of ours, else the start page.

    Browsers read "\\" as "/", leave out tabs and line breaks, and take "//host" for another site.
    """
    if not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > LONGEST:
        return HOME
    if "\\" in wanted or not wanted.isprintable() or any(letter.isspace() for letter in wanted):
        return HOME
    parts = urlsplit(wanted)
    return HOME if parts.scheme or parts.netloc else wanted
