"""What documents need of the machine."""

import os

import pytest


@pytest.fixture
def pango() -> None:
    """The library that sets text; without it the test is skipped, but in CI it fails."""
    try:
        import weasyprint  # noqa: F401 - loading it is the question
    except OSError as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI has no Pango: {error}")
        pytest.skip("no Pango on this machine (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
