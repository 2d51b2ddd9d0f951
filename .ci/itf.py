"""Whether itf-py reads each of the files, with every variable in every state."""

import json
import sys

from itf_py import trace_from_json

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        trace = trace_from_json(json.load(file))
    for state in trace.states:
        if set(state.values) != set(trace.vars):
            sys.exit(f"{name}: the variables of a state are not those of the trace")
print(f"itf-py reads {len(sys.argv) - 1} traces")
