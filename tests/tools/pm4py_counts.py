"""Reads logs with pm4py and prints what it counted: `python -m tests.tools.pm4py_counts FILE.xes FILE.jsonocel`.

A program of its own: pm4py (AGPL) and what it brings never enter the process of the product or of its tests.
"""

import json
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO


def main(xes: str, ocel: str) -> dict[str, object]:
    """Return how many traces, events and objects there are, and of what kinds."""
    pm4py = import_module("pm4py")
    log = pm4py.read_xes(xes)
    objects = pm4py.read_ocel2_json(ocel)
    found = log.groupby("case:concept:name").size().to_dict()
    return {
        "traces": {str(name): int(count) for name, count in found.items()},
        "commands": {str(name): int(count) for name, count in log["concept:name"].value_counts().items()},
        "start_activities": {str(name): int(n) for name, n in pm4py.get_start_activities(log).items()},
        "first": log["time:timestamp"].min().isoformat(),
        "ocel_events": len(objects.events),
        "ocel_objects": {str(name): int(n) for name, n in objects.objects["ocel:type"].value_counts().items()},
        "ocel_relations": len(objects.relations),
        "ocel_object_relations": len(objects.o2o),
    }


if __name__ == "__main__":
    with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        warnings.simplefilter("ignore")
        counted = main(*sys.argv[1:])
    sys.stdout.write(json.dumps(counted) + "\n")
