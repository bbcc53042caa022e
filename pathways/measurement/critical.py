"""The two critical values of the run rules, by formula and not by table.

Anhøj and Olesen 2014 (PLoS ONE 9:e113825); Anhøj 2015 (PLoS ONE 10:e0121349); Anhøj and Wentzel-Larsen 2018.
"""

from functools import cache
from math import comb, log2

LEAST_USEFUL = 10  # the smallest number of useful points for which the rules are tabulated


@cache
def longest_run_limit(useful: int) -> int:
    """Return round(log2 n) + 3; only a LONGER run is a signal."""
    return round(log2(useful)) + 3


@cache
def crossings_limit(useful: int) -> int:
    """Return the 5 % quantile of Binomial(n - 1, 1/2), in whole numbers; only FEWER crossings are a signal."""
    steps = useful - 1
    wanted, so_far = 2**steps, 0
    for k in range(steps + 1):
        so_far += comb(steps, k)
        if 20 * so_far >= wanted:
            return k
    return steps
