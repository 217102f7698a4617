"""The side of a measured process, as in serve.mjs, and what the Python peers share."""

import json
import sys
import time

import numpy

WARM_UP_S = 1.0
STRETCH_S = 0.002


def serve(prepare):
    """Answers the bench; `prepare(request)` gives `(measure, note)`, or with more to tell
    than a note a dictionary.
    """
    try:
        request = json.loads(sys.argv[1])
        measure, note = prepare(request)
        if request["kind"] != "time-to-99":
            measure(WARM_UP_S)
    except Exception as error:
        answer({"absent": str(error).split("\n")[0][:200] or repr(error)})
        return
    answer(note if isinstance(note, dict) else {"note": note})
    for line in sys.stdin:
        result = measure(float(line))
        answer(result if isinstance(result, dict) else {"rate": result})


def answer(message):
    print(json.dumps(message), flush=True)


def repeated(step):
    """Measures a function that ends when its work is done; looks at the clock every 2 ms or so."""
    per_look = 1

    def measure(seconds):
        nonlocal per_look
        start = looked = time.perf_counter()
        calls = 0
        while looked - start < seconds:
            for _ in range(per_look):
                step()
            calls += per_look
            now = time.perf_counter()
            if now - looked < STRETCH_S / 2:
                per_look *= 2
            looked = now
        return calls / (looked - start)

    return measure


def fastest(candidates, seconds=0.5):
    """Of `(note, measure)` pairs the one with the highest rate, each warmed up first.

    Its note tells the rates of all, calls a second.
    """
    rates = []
    for _, measure in candidates:
        measure(seconds)
        rates.append(measure(seconds))
    best = rates.index(max(rates))
    tried = ", ".join(f"{note}: {rate:,.0f}/s" for (note, _), rate in zip(candidates, rates))
    return f"{candidates[best][0]} (tried {tried})", candidates[best][1]


def samples(request):
    """Images `[count, 784]` float32 and labels `[count]` int32, as the bench wrote them."""
    labels = numpy.fromfile(request["samples"]["labels"], dtype=numpy.int32)
    images = numpy.fromfile(request["samples"]["images"], dtype=numpy.float32)
    return images.reshape(len(labels), -1), labels


def in_turn(batches):
    """A function that gives the batches one after the other, again and again."""
    position = 0

    def following():
        nonlocal position
        batch = batches[position]
        position = (position + 1) % len(batches)
        return batch

    return following
