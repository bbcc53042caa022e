"""What the clockwork needs of the application to carry out commands as the system itself."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from pathways.clock import Clock
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Order, Receipt
from pathways.services.case import Salter
from pathways.services.clockwork.heartbeat import Clocked
from pathways.services.frame import UseCase, carry_out
from pathways.storage.unit_of_work import UnitOfWork

T = TypeVar("T")
O = TypeVar("O", bound=Order)  # noqa: E741 - an order


class Running(Clocked, Protocol):
    """The application as the clockwork sees it."""

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """Every region's profile by its code."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is, where the caller does not say."""
        ...

    @property
    def salter(self) -> Salter:
        """Where salts come from."""
        ...

    def retry(self, act: Callable[[UnitOfWork], T]) -> T:
        """Run `act` in a transaction of its own and commit it, trying again while another writer is busy."""
        ...


def as_system(app: Running, use_case: UseCase[O], order: O, *, region: tuple[int, str], slug: str, key: str) -> Receipt:
    """Carry out a use case as the system, once per `key`, in a transaction of its own."""
    return app.retry(lambda work: within(app, work, use_case, order, region=region, slug=slug, key=key))


def within(
    app: Running,
    work: UnitOfWork,
    use_case: UseCase[O],
    order: O,
    *,
    region: tuple[int, str],
    slug: str,
    key: str,
) -> Receipt:
    """Carry out a use case as the system, once per `key`, inside a transaction that the caller commits."""
    region_id, code = region
    return carry_out(
        work,
        use_case,
        order,
        Ask(command_id=key),
        region_id=region_id,
        slug=slug,
        profile=app.profiles[code],
        salter=app.salter,
    )
