"""The Python client as a user runs it: assigns, records, marks, evaluates.

Usage: python_users.py SERVER USERS FLAG...

Prints one line of JSON per flag: what evaluate() answered, and what this
program counted itself. The client's directory stands in PYTHONPATH.
"""

import json
import random
import sys

import modelab


def simulate(flag_name: str, users: int) -> dict:
    chance = random.Random(flag_name)
    counted: dict[str, dict] = {}
    for n in range(users):
        user_id = f"user {n} é 😀"
        assignment = modelab.assign(flag_name, modelab.EvalContext(user_id))
        if assignment is None:
            continue
        sums = counted.setdefault(
            assignment.variant_name,
            {
                "assignments": 0,
                "executions": 0,
                "errors": 0,
                "latency_tenths": 0,
                "latency_count": 0,
                "cost_nanos": 0,
                "cost_count": 0,
                "input_tokens": 0,
                "output_tokens": 0,
                "successes": 0,
                "failures": 0,
                "copied": 0,
                "copied_assignments": 0,
            },
        )
        sums["assignments"] += 1
        for _ in range(chance.randint(1, 4)):
            execute(assignment, sums, chance)
        mark(assignment, sums, chance)
    return {"evaluation": modelab.evaluate(flag_name), "counted": counted}


def execute(assignment, sums, chance) -> None:
    tokens = chance.randint(1, 5000), chance.randint(0, 900)
    latency = chance.randint(0, 200_000) if chance.random() < 0.9 else None
    cost = chance.randint(0, 10**9) if chance.random() < 0.8 else None
    error = "timeout" if chance.random() < 0.1 else None
    assignment.record(
        Response(*tokens),
        latency_ms=None if latency is None else latency / 10,
        cost=None if cost is None else cost / 10**9,
        error=error,
        prompt_version=chance.randint(1, 3),
    )
    sums["executions"] += 1
    sums["errors"] += error is not None
    sums["latency_tenths"] += latency or 0
    sums["latency_count"] += latency is not None
    sums["cost_nanos"] += cost or 0
    sums["cost_count"] += cost is not None
    sums["input_tokens"] += tokens[0]
    sums["output_tokens"] += tokens[1]


def mark(assignment, sums, chance) -> None:
    last = None
    for _ in range(chance.randint(0, 3)):
        last = chance.choice(["successes", "failures"])
        if last == "successes":
            assignment.mark_success({"stars": chance.randint(1, 5)})
        else:
            assignment.mark_failure()
    if last is not None:
        sums[last] += 1
    copies = chance.randint(0, 2)
    for _ in range(copies):
        assignment.mark_custom_event("copied")
    sums["copied"] += copies
    sums["copied_assignments"] += copies > 0


class Response:
    """A response in OpenAI's shape."""

    def __init__(self, prompt_tokens: int, completion_tokens: int) -> None:
        self.usage = self
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens


if __name__ == "__main__":
    server, users, *names = sys.argv[1:]
    variants = [
        modelab.Variant("control", 50, {"model": "gpt-4o-mini"}),
        modelab.Variant("treatment", 50, {"model": "gpt-4o", "süß": True}),
    ]
    flags = [modelab.Flag(name, variants, 80.0) for name in names]
    modelab.init(server, flags)
    for name in names:
        print(json.dumps({"flag": name, **simulate(name, int(users))}))
