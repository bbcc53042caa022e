"""The furnished application, told which form its tables have: they were made without migrations."""

import pytest
from sqlalchemy import text

from pathways.bootstrap import App
from pathways.storage.revision import HEAD


@pytest.fixture
def stamped(app: App) -> App:
    """The furnished application with the mark of its form."""
    with app.write() as work:
        work.connection.execute(text("create table alembic_version (version_num varchar(32) not null)"))
        work.connection.execute(text("insert into alembic_version values (:head)"), {"head": HEAD})
        work.commit()
    return app
