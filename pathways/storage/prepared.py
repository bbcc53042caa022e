"""Statements that come with every command: put into a database's words once, then handed straight to its driver.

SQLAlchemy says what a statement means and how each value is kept. Only its way of sending one is left out, which takes
longer than most of ours need to be answered; whoever listens on the engine hears them all the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Dialect, Float, Insert, Select, Update
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import CompoundSelect
from sqlalchemy.types import TypeEngine

Values = Mapping[str, object]
Cells = Sequence[Any]  # Any: a column has the type the database gives it
Turn = Callable[[Any], Any]  # Any: a value as we know it, or as the driver does
Question = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]  # Any: of any columns


class Answer(NamedTuple):
    """What the driver gave back: rows, where a question was asked, and how many were found or written."""

    rows: Sequence[Cells]
    rowcount: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement in one database's words, and how values are turned into those of its driver and back."""

    text: str
    fixed: Values
    given: tuple[tuple[str, Turn | None], ...]
    places: tuple[str, ...]  # the parameters in order, where the driver counts them instead of naming them
    names: tuple[str, ...]
    turned: tuple[tuple[int, Turn], ...]
    varies: bool

    def pack(self, keys: Values) -> Any:  # Any: a mapping or a tuple, as the driver wants it
        """Return the parameters in the driver's form."""
        values = {**self.fixed, **{name: turn(keys[name]) if turn else keys[name] for name, turn in self.given}}
        return tuple([values[name] for name in self.places]) if self.places else values

    def unpack(self, row: Cells) -> Cells:
        """Return a row of the driver's with its values as we know them."""
        if not self.turned:
            return row
        cells = list(row)
        for place, turn in self.turned:
            if (cell := cells[place]) is not None:
                cells[place] = turn(cell)
        return cells


class Prepared:
    """One statement, ready to be sent. `sets` names the columns that an INSERT or UPDATE writes.

    A question for any of a list of values has another text for each length of the list, so SQLAlchemy sends it itself.
    """

    def __init__(self, statement: Question | Insert | Update, *, sets: Sequence[str] = ()) -> None:
        self._statement = statement
        self._sets = list(sets)
        self._wordings: dict[str, Wording] = {}

    def names(self, connection: Connection) -> tuple[str, ...]:
        """Return the names of the columns that a question gives."""
        return self._wording(connection.dialect).names

    def rows(self, connection: Connection, keys: Values) -> Sequence[Cells]:
        """Return the rows that a question gives."""
        wording = self._wording(connection.dialect)
        if wording.varies:
            return connection.execute(self._statement, keys).all()
        return [wording.unpack(row) for row in send(connection, wording.text, wording.pack(keys), asks=True).rows]

    def write(self, connection: Connection, many: Sequence[Values]) -> int:
        """Write with each of `many`, at once, and return how many rows that were."""
        wording = self._wording(connection.dialect)
        packed = [wording.pack(keys) for keys in many]
        if len(packed) == 1:
            return send(connection, wording.text, packed[0]).rowcount
        return send(connection, wording.text, packed, many=True).rowcount

    def _wording(self, dialect: Dialect) -> Wording:
        if dialect.name not in self._wordings:
            self._wordings[dialect.name] = _word(self._statement, self._sets, dialect)
        return self._wordings[dialect.name]


def send(
    connection: Connection,
    text: str,
    values: Any = (),  # Any: as the driver wants them
    *,
    many: bool = False,
    asks: bool = False,
) -> Answer:
    """Hand a text to the driver; `asks` has its rows fetched. Errors are translated as SQLAlchemy does it."""
    cursor = connection.connection.cursor()
    for hear in connection.dispatch.before_cursor_execute:
        text, values = hear(connection, cursor, text, values, None, many)
    try:
        if many:
            cursor.executemany(text, values)
        else:
            cursor.execute(text, values)
        answer = Answer(cursor.fetchall() if asks else (), cursor.rowcount)
    except connection.dialect.loaded_dbapi.Error as error:
        # Only this knows all that a lost connection means, to the transaction and to the pool.
        connection._handle_dbapi_exception(error, text, values, cursor, None)  # noqa: SLF001
    for hear in connection.dispatch.after_cursor_execute:
        hear(connection, cursor, text, values, None, many)
    cursor.close()
    return answer


def _word(statement: Question | Insert | Update, sets: list[str], dialect: Dialect) -> Wording:
    said = statement.compile(dialect=dialect, column_keys=sets or None)
    assert isinstance(said, SQLCompiler)
    assert not [*said.insert_prefetch, *said.update_prefetch], "a default that only SQLAlchemy's own way would fill in"
    binds: Mapping[str, BindParameter[Any]] = said.binds  # Any: of any type
    columns = [] if isinstance(statement, Insert | Update) else list(statement.selected_columns)
    back = [_from_driver(column.type, dialect) for column in columns]
    return Wording(
        text=str(said),
        fixed={name: _fixed(bind, dialect) for name, bind in binds.items() if not bind.required},
        given=tuple((name, _to_driver(bind.type, dialect)) for name, bind in binds.items() if bind.required),
        places=tuple(said.positiontup or ()),
        names=tuple(str(column.key) for column in columns),
        turned=tuple((place, turn) for place, turn in enumerate(back) if turn is not None),
        varies=any(bind.expanding for bind in binds.values()),
    )


def _fixed(bind: BindParameter[Any], dialect: Dialect) -> object:  # Any: as above
    turn = _to_driver(bind.type, dialect)
    return turn(bind.value) if turn else bind.value


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:  # Any: as above
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:  # Any: as above
    if isinstance(kind, Float) and not kind.asdecimal:
        return None  # drivers give these as they are, and psycopg's way would ask for the code of the column's type
    return kind.dialect_impl(dialect).result_processor(dialect, None)
