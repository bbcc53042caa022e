"""Takes times: two ways of doing something in turns, so that a slow minute of the machine hits both."""

import gc
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter


def seconds_of(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    act()
    return perf_counter() - start


def in_turns(times: int, *ways: Callable[[int], object], warm_up: int = 5) -> list[list[float]]:
    """The times of each way, called in turns with the number of the round; the first rounds do not count."""
    taken: list[list[float]] = [[] for _ in ways]
    gc.collect()
    for n in range(warm_up + times):
        for way, times_of_way in zip(ways, taken, strict=True):
            spent = seconds_of(lambda way=way, n=n: way(n))  # type: ignore[misc]  # a default binds the loop's value
            if n >= warm_up:
                times_of_way.append(spent)
    return taken


def middle(times: list[float]) -> float:
    """The median, in milliseconds."""
    return median(times) * 1000


def ninety_ninth(times: list[float]) -> float:
    """The 99th percentile, in milliseconds."""
    return quantiles(times, n=100)[98] * 1000
