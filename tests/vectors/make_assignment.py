"""Writes assignment.json to standard output: what the original package decides.

Run it with the path of the package modelab 0.1.0 (the directory that holds
`modelab/`) in MODELAB_PYTHON_SEED:

    MODELAB_PYTHON_SEED=... python3 tests/vectors/make_assignment.py \
        > tests/vectors/assignment.json
"""

import json
import os
import sys

sys.path.insert(0, os.environ["MODELAB_PYTHON_SEED"])

from modelab._engine import _bucket, assign_variant  # noqa: E402
from modelab._types import EvalContext, Flag, Variant  # noqa: E402

WEIGHTS = [
    [50, 50],
    [1],
    [0],
    [0, 0, 0],
    [0, 100],
    [100, 0, 0],
    [0, 3, 0, 7, 0],
    [1, 1, 1],
    [33, 33, 34],
    [70, 20, 10],
    [1, 9_999],
    [9_999, 1],
    [9_000, 3_000],
    [5_000, 5_000, 5_000],
    [20_000, 1],
    [1_000_000_000, 1_000_000_000],
    list(range(1, 51)),
    [200] * 50,
    [0] * 49 + [1],
    [1_000] * 50,
]
ROLLOUTS = [0, 0.01, 0.5, 33.3, 99.99, 100, 29, 57.99, 1e-9, 14.285714285714286]
FLAGS = ["", "f", "summarizer_v2", "a/b c?#%", "größe", "要約", "🧪", "x:y", "n\u0000l"]
UNITS = ["a", "é", "ü", "ß", "漢", "あ", "한", "ع", "😀", "👩\u200d👩\u200d👧", "e\u0301", "\uffff"]


class Numbers:
    """A generator of its own, so that no Python version changes the file."""

    def __init__(self) -> None:
        self.state = 20_260_101

    def below(self, bound: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def of(self, items: list):
        return items[self.below(len(items))]


def text(spec) -> str:
    return spec if isinstance(spec, str) else spec[0] * spec[1]


def users(numbers: Numbers):
    """Strings, and [unit, times] for long ones."""
    yield from ["", " ", ":", "user_123", "a:b", "\n\t\u0000", "\u2028", "\U0010ffff"]
    for unit in UNITS:
        yield from ([unit, times] for times in (10_000, 2_500))
    # Every length around the edges of MD5's blocks, in one to four bytes.
    for unit in ["a", "é", "漢", "😀"]:
        yield from ([unit, times] for times in range(1, 140))
    while True:
        kind = numbers.below(4)
        if kind == 0:
            yield f"user_{numbers.below(10**7)}"
        elif kind == 1:
            yield "".join(chr(32 + numbers.below(95)) for _ in range(numbers.below(40)))
        elif kind == 2:
            yield "".join(numbers.of(UNITS) for _ in range(numbers.below(12)))
        else:
            parts = (numbers.below(2**32) for _ in range(4))
            yield "-".join(f"{part:08x}" for part in parts)


def main() -> None:
    numbers = Numbers()
    lines = []
    for number, user in zip(range(5_600), users(numbers)):
        flag_name = numbers.of(FLAGS)
        # In turn, so that every pair of weights and rollout comes up.
        weights = number % len(WEIGHTS)
        rollout = ROLLOUTS[number // len(WEIGHTS) % len(ROLLOUTS)]
        flag = Flag(
            name=flag_name,
            variants=[Variant(str(i), weight=w) for i, w in enumerate(WEIGHTS[weights])],
            rollout_pct=rollout,
        )
        user_id = text(user)
        chosen = assign_variant(flag, EvalContext(user_id))
        case = [
            flag_name,
            user,
            _bucket(flag_name, user_id),
            rollout,
            weights,
            None if chosen is None else int(chosen.name),
        ]
        lines.append(json.dumps(case, ensure_ascii=False, separators=(",", ":")))
    about = (
        "Decisions of the Python package modelab 0.1.0, made by make_assignment.py. "
        "A case is [flag, user, bucket, rolloutPct, index into weights, index of the "
        "variant or null]; a user [unit, times] is the unit repeated."
    )
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print(f'{{"about":{json.dumps(about)},')
    print(f'"weights":{json.dumps(WEIGHTS, separators=(",", ":"))},')
    print('"cases":[')
    print(",\n".join(lines))
    print("]}")


main()
