"""Reads the reference cases that lie beside the repository; where they are absent there are none, and tests skip."""

import csv
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[4] / "shared" / "reference" / "spc"
Case = dict[str, Any]  # Any: JSON of many shapes


def load(name: str) -> Case:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return {"cases": []}
    found: Case = json.loads(path.read_text(encoding="utf-8"))
    return found


def cases(name: str, *rules: str) -> list[Case]:
    return [case for case in load(name)["cases"] if not rules or case.get("rule") in rules]


def name_of(case: Case) -> str:
    return str(case["id"])


def critical_values() -> list[tuple[int, int, int]]:
    path = FOLDER / "run_critical_values.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [
            (int(row["useful_points"]), int(row["longest_run_max"]), int(row["crossings_min"]))
            for row in csv.DictReader(file)
        ]


def values_of(case: Case) -> list[float | None]:
    if "values" in case:
        return list(case["values"])
    return [one / other for one, other in zip(case["numerators"], case["denominators"], strict=True)]


def factor_of(case: Case) -> float:
    settings = case["settings"]
    return 3 / 1.128 if settings.get("limit_factor_formula") == "3/1.128" else settings.get("limit_factor", 2.66)
