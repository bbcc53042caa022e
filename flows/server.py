"""The Prefect server process, as small as it gets: API and schedules on loopback, migrations in an image of their own.

`python -m flows.server PORT`: a server alone. On one machine it shares a process with the runner, `flows.engine`. The
migrations leave some 35 MB behind, so the process runs them and then replaces itself.
"""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, MutableMapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import orm_models, provide_database_interface
from prefect.server.database.configurations import SQLITE_BEGIN_MODE, AioSqliteConfiguration
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction
from sqlalchemy.ext.hybrid import hybrid_property

from flows.beside import Beside, run_until_told, until_either

LOOPBACK = "127.0.0.1"
MIGRATED = "--migrated"


def let_scheduler_insert() -> None:
    """Make Prefect 3.8 create scheduled runs under SQLAlchemy 2.1; goes when we require Prefect 3.9.

    Its scheduler puts `state`, a hybrid over another table, into a bulk insert. SQLAlchemy 2.0 passed over
    it, 2.1 refuses, and 3.9 leaves it out. The state's row is written right after, so passing over is right.
    """
    state = inspect(orm_models.FlowRun).all_orm_descriptors["state"]
    assert isinstance(state, hybrid_property)
    state.bulk_dml_setter = _pass_over


def _pass_over(cls: Any, mapping: MutableMapping[str, Any], value: Any) -> None:  # noqa: ARG001  SQLAlchemy's names and Any
    return None


def let_writers_queue() -> None:
    """Make Prefect 3.8 take SQLite's write lock at the beginning of every transaction that it marks as one.

    It begins them deferred, reads and then writes; if another connection has committed in between, SQLite refuses
    the write at once with "database is locked", however long the patience. Who asks for the lock first waits for it.
    """
    AioSqliteConfiguration.begin_transaction = _begin_as_writer  # type: ignore[method-assign,assignment]  # no setting reaches it


@asynccontextmanager
async def _begin_as_writer(
    _self: AioSqliteConfiguration,
    session: AsyncSession,
    with_for_update: bool = False,  # noqa: ARG001, FBT001, FBT002  Prefect's signature
) -> AsyncGenerator[AsyncSessionTransaction, None]:
    async with session.begin() as transaction:
        # Only this one connection: a second session opened within the block reads beside it, and never waits for it.
        mode = SQLITE_BEGIN_MODE.set("IMMEDIATE")
        try:
            await session.connection()
        finally:
            SQLITE_BEGIN_MODE.reset(mode)
        yield transaction


async def _migrate() -> None:
    await provide_database_interface().create_db()


def migrate_in_an_earlier_image(module: str, arguments: list[str]) -> int:
    """Return the port that is asked for; the first time migrate, and let the module begin anew with a small memory."""
    port = int(arguments[0])
    if MIGRATED not in arguments:
        asyncio.run(_migrate())
        os.execv(sys.executable, [sys.executable, "-m", module, str(port), MIGRATED])  # noqa: S606
    return port


def server(port: int) -> Beside:
    """The server on loopback, not started yet."""
    return Beside("server", partial(_answer, port))


async def _answer(port: int, stop: asyncio.Event) -> None:
    let_scheduler_insert()
    let_writers_queue()
    app: Any = create_app(final=True)  # Any: the FastAPI of Prefect's choosing
    answering = uvicorn.Server(uvicorn.Config(app, host=LOOPBACK, port=port, log_level="warning", access_log=False))
    work = asyncio.create_task(answering.serve())
    await until_either(work, stop)
    answering.should_exit = True
    await work


def main(arguments: list[str]) -> int:
    """Answer until SIGTERM or SIGINT; 0 when told to stop, 1 when the server ended by itself."""
    return run_until_told(server(migrate_in_an_earlier_image("flows.server", arguments)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
