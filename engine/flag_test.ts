import assert from "node:assert/strict";
import { type Flag, prepareFlag } from "./flag.ts";
import { InvalidFlagError } from "./modelab_error.ts";

const variants = [{ name: "a" }];

/** What JavaScript callers can send. */
function prepareAnything(flag: unknown): unknown {
  return Reflect.apply(prepareFlag, undefined, [flag]);
}

function refuses(flag: unknown, message: string): void {
  assert.throws(
    () => prepareAnything(flag),
    (error) => {
      assert.ok(error instanceof InvalidFlagError);
      assert.equal(error.message, message);
      return true;
    },
  );
}

Deno.test("prepareFlag() fills in weight 50, rollout 100 and an empty config", () => {
  assert.deepEqual(prepareFlag({ name: "tone", variants }), {
    name: "tone",
    rolloutPct: 100,
    admittedBuckets: 10_000,
    variants: [{ name: "a", weight: 50, config: {} }],
    totalWeight: 50,
  });
});

Deno.test("prepareFlag() truncates the rollout as Python does", () => {
  const admitted = (rolloutPct: number) =>
    prepareFlag({ name: "tone", variants, rolloutPct }).admittedBuckets;
  assert.equal(admitted(0.01), 1);
  assert.equal(admitted(50), 5_000);
  // 3,329.999… and 9,998.999… in binary floating point.
  assert.equal(admitted(33.3), 3_329);
  assert.equal(admitted(99.99), 9_998);
  assert.equal(admitted(0.009), 0);
});

Deno.test("prepareFlag() says which rule is broken and what arrived", () => {
  refuses(
    { name: "tone", variants, rolloutPct: 120 },
    'Cannot create flag "tone": rolloutPct must be from 0 to 100, got 120',
  );
  refuses(
    { name: "tone", variants, rolloutPct: NaN },
    'Cannot create flag "tone": rolloutPct must be from 0 to 100, got NaN',
  );
  refuses(
    { name: "tone", variants: [] },
    'Cannot create flag "tone": variants must be a list of at least one variant, got a list of 0',
  );
  refuses(
    { name: "tone", variants: [{ name: "a", weight: -1 }] },
    'Cannot create flag "tone": variants[0].weight must be an integer from 0, got -1',
  );
  refuses(
    { name: "tone", variants: [{ name: "a", weight: 0.5 }] },
    'Cannot create flag "tone": variants[0].weight must be an integer from 0, got 0.5',
  );
  refuses(
    { name: "tone", variants: [{ name: "a", config: [1] }] },
    'Cannot create flag "tone": variants[0].config must be an object, got a list of 1',
  );
  refuses(
    { name: "tone", variants: [{ name: "" }] },
    'Cannot create flag "tone": variants[0].name must be text of 1 to 512 bytes as UTF-8, got ""',
  );
  refuses(
    { name: 7, variants },
    "Cannot create flag 7: name must be text of 1 to 512 bytes as UTF-8, got 7",
  );
  refuses(null, "Cannot create flag: it must be an object, got null");
  refuses(
    { name: "..", variants },
    'Cannot create flag "..": name must not be a dot segment, which no URL can carry, got ".."',
  );
});

Deno.test("prepareFlag() takes names of 512 bytes and no more", () => {
  const named = (name: string): Flag => ({ name, variants });
  assert.equal(prepareFlag(named("é".repeat(256))).name.length, 256);
  assert.throws(() => prepareFlag(named("é".repeat(257))), InvalidFlagError);
  // The server counts NUL as two.
  assert.throws(() => prepareFlag(named("\0".repeat(257))), InvalidFlagError);
});

Deno.test("prepareFlag() refuses weights whose sum is not exact", () => {
  const weight = Number.MAX_SAFE_INTEGER;
  assert.throws(
    () =>
      prepareFlag({
        name: "tone",
        variants: [{ name: "a", weight }, { name: "b", weight }],
      }),
    /sum of the weights must be below 2\^53/,
  );
});
