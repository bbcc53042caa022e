"""`python -m tests.benchmarks.serve_nation URL PORT INSTANT CODE...`: the web over a filled database, on its own.

The clock stands where the filling left it, so that pages show what they would show then.
"""

import sys
from datetime import datetime

import uvicorn

from pathways.bootstrap import build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from pathways.web.app import build_web
from pathways.web.config import WebConfig
from pathways.web.observe import configure_logs
from pathways.web.serve import settled
from tests.benchmarks.national import profiles_of


def main(arguments: list[str]) -> None:
    """Serve until told to stop."""
    url, port, instant, *codes = arguments
    configure_logs()
    app = build_app(Settings(), clock=SetClock(datetime.fromisoformat(instant)), database_url=url)
    app.profiles = profiles_of(app.profile, tuple(codes))
    web = build_web(app, WebConfig(base_url=f"http://127.0.0.1:{port}"))
    uvicorn.run(settled(web), port=int(port), access_log=False, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1:])
