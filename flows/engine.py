"""Prefect's server and the runner as one process: the engine of an installation on one machine.

`python -m flows.engine PORT`. Nearly all that the two import is the same, so that together they take two thirds of
the memory of two processes (DECISIONS). On several machines they run apart: `flows.server` once, `flows.serve` on each.
"""

import sys

from flows.beside import run_until_told
from flows.serve import runner
from flows.server import migrate_in_an_earlier_image, server


def main(arguments: list[str]) -> int:
    """Run both until SIGTERM or SIGINT; 0 when told to stop, 1 when one of them ended by itself."""
    port = migrate_in_an_earlier_image("flows.engine", arguments)
    return run_until_told(server(port), runner())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
