"""A contestant's side of the protocol, for those that run in Python: one JSON object a line, each answered by one."""

import json
import math
import os
import sys
import time
from types import SimpleNamespace

# Standard output is the bench's line; what libraries print goes elsewhere.
_line = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def resident():
    """Bytes of this process in memory; 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def read(np, folder):
    """The problem that the bench wrote: examples, and the first parameters as (weight, bias) of each layer."""
    with open(os.path.join(folder, "workload.json")) as f:
        problem = SimpleNamespace(**json.load(f))
    load = lambda name: np.fromfile(os.path.join(folder, name + ".f32"), dtype=np.float32)
    problem.x = load("inputs").reshape(-1, problem.sizes[0])
    targets = load("targets")
    labels = problem.loss == "crossEntropy"
    problem.y = targets.astype(np.int64) if labels else targets.reshape(-1, problem.sizes[-1])
    flat, problem.parameters = load("parameters"), []
    for inputs, outputs in zip(problem.sizes, problem.sizes[1:]):
        weight, bias, flat = np.split(flat, [inputs * outputs, (inputs + 1) * outputs])
        problem.parameters.append((weight.reshape(inputs, outputs), bias))
    return problem


def serve(prepare):
    """Answers the bench. `prepare()` imports what the contestant is made of and returns `start(folder)`, which returns
    (name, steps, products) or the reason why not; `steps(n)` trains and returns (steps, mean loss)."""
    steps = products = None
    before = 0
    for line in sys.stdin:
        request = json.loads(line)
        if "setup" in request:
            try:
                started, missing = prepare()(request["setup"]), False
            except ImportError as error:
                started, missing = "Python has no module %s" % error.name, True
            if isinstance(started, str):
                answer = {"unable": started, "missing": missing}
            else:
                name, steps, products = started
                before = resident()
                answer = {"ready": name, "products": products is not None, "differs": None}
        elif "products" in request:
            start = time.perf_counter()
            products(request["products"])
            answer = {"products": request["products"], "seconds": time.perf_counter() - start}
        else:
            start = time.perf_counter()
            count, loss = steps(request["steps"])
            seconds = time.perf_counter() - start
            loss = float(loss)
            answer = {
                "steps": count,
                "seconds": seconds,
                "loss": loss if math.isfinite(loss) else None,
                "memory": max(0, resident() - before),
            }
        _line.write(json.dumps(answer) + "\n")
        _line.flush()
