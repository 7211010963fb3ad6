"""How long the commands take as processes, beside the same commands on the shipped catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.figure import Budget, Figure
from benchmarks.process import FILMTUI
from benchmarks.repeat import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.catalogs import Catalog

_QUIET = "{}-{:02}".format(*generate.QUIET_MONTH)


def figures(catalog: Catalog, shipped: Catalog, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    made = []
    limit = None if catalog.shipped else Budget(1.2)
    months = {"list_month": catalog.month}
    if not catalog.shipped:
        months["list_quiet_month"] = _QUIET
    for name, month in months.items():
        ours, small = in_turn(
            runs, tell,
            ((*FILMTUI, "list", "--month", month), catalog.env),
            ((*FILMTUI, "list", "--month", shipped.month), shipped.env),
        )  # fmt: skip
        beside = [] if catalog.shipped else [ran.seconds * 1e3 for ran in small]
        made.append(Figure(name, catalog.size, "ms", [ran.seconds * 1e3 for ran in ours], beside, limit))
    (found,) = in_turn(runs, tell, ((*FILMTUI, "list", "--search", catalog.rare), catalog.env))
    made.append(Figure("list_search", catalog.size, "ms", [ran.seconds * 1e3 for ran in found]))
    (all_,) = in_turn(runs, tell, ((*FILMTUI, "list", "--format", "json"), catalog.env))
    made.append(Figure("list_json", catalog.size, "ms", [ran.seconds * 1e3 for ran in all_]))
    made.append(Figure("list_json_memory", catalog.size, "MiB", [ran.peak for ran in all_]))
    return made
