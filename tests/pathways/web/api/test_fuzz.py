"""Anything that can be sent is answered as the description says: no crash, no status or form that is not in it."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from pathways.bootstrap import App, build_app
from pathways.services.ask import Ask
from pathways.settings import Settings
from pathways.web.api.app import build_api
from tests.pathways.web.api.conftest import token_for

pytestmark = pytest.mark.slow

OPERATIONS = [
    (path, method)
    for path, methods in build_api(build_app(Settings())).openapi()["paths"].items()
    for method in methods
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: str(part).rpartition("/")[2])
def test_whatever_is_sent_is_answered_as_described(app: App, path: str, method: str, mode: GenerationMode) -> None:
    app.run("kol", "start", {}, Ask(actor="sam"))
    schema = schemathesis.openapi.from_asgi("/openapi.json", build_api(app))
    headers = {"authorization": f"Bearer {token_for(app, 'sam')}"}

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answered(case: Case[Any]) -> None:
        case.path_parameters = dict.fromkeys(case.path_parameters or {}, "kol")
        case.call_and_validate(headers=headers)

    answered()
