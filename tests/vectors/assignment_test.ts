import assert from "node:assert/strict";
import { assignVariant } from "../../engine/assign.ts";
import { bucketOf } from "../../engine/bucket.ts";
import { prepareFlag } from "../../engine/flag.ts";
import vectors from "./assignment.json" with { type: "json" };

type Case = readonly [
  flag: string,
  user: string | readonly [unit: string, times: number],
  bucket: number,
  rolloutPct: number,
  weights: number,
  variant: number | null,
];

function readCase(value: readonly unknown[]): Case {
  const [flag, user, bucket, rolloutPct, weights, variant] = value;
  assert.ok(typeof flag === "string" && typeof bucket === "number");
  assert.ok(typeof rolloutPct === "number" && typeof weights === "number");
  assert.ok(variant === null || typeof variant === "number");
  if (typeof user === "string") {
    return [flag, user, bucket, rolloutPct, weights, variant];
  }
  assert.ok(Array.isArray(user));
  const [unit, times]: readonly unknown[] = user;
  assert.ok(typeof unit === "string" && typeof times === "number");
  return [flag, [unit, times], bucket, rolloutPct, weights, variant];
}

const cases = vectors.cases.map(readCase);

Deno.test("assignVariant() agrees with the Python package on every vector", () => {
  for (const [name, user, bucket, rolloutPct, weights, variant] of cases) {
    const userId = typeof user === "string" ? user : user[0].repeat(user[1]);
    const shown = `${name}:${JSON.stringify(user)} ${rolloutPct} ${weights}`;
    assert.equal(bucketOf(name, userId), bucket, shown);
    const prepared = prepareFlag({
      name: "any",
      variants: (vectors.weights[weights] ?? []).map((weight, index) => ({
        name: String(index),
        weight,
      })),
      rolloutPct,
    });
    // Afterwards, since the original takes names that a flag may not have here.
    const flag = { ...prepared, name };
    const chosen = assignVariant(flag, userId)?.name ?? null;
    assert.equal(chosen, variant === null ? null : String(variant), shown);
  }
});

Deno.test("the vectors cover what the design asks for", () => {
  assert.ok(cases.length >= 5_000);
  const rollouts = new Set(cases.map(([, , , rollout]) => rollout));
  for (const rollout of [0, 0.01, 0.5, 33.3, 99.99, 100]) {
    assert.ok(rollouts.has(rollout), `rollout ${rollout}`);
  }
  assert.ok(cases.some(([, user]) => user === ""));
  assert.ok(cases.some(([, user]) => user[1] === 10_000));
  const sets = vectors.weights;
  assert.ok(sets.some((weights) => weights.length === 1));
  assert.ok(sets.some((weights) => weights.length === 50));
  assert.ok(sets.some((weights) => weights.includes(0)));
  assert.ok(
    sets.some((weights) => weights.reduce((a, b) => a + b, 0) > 10_000),
  );
});

const seed = Deno.env.get("MODELAB_PYTHON_SEED");
const required = Deno.env.get("CI") === "true";
const python = hasPython();
if (!required && (seed === undefined || !python)) {
  console.log(
    "skipped: whether assignment.json is what the Python package decides " +
      "(needs python3, and MODELAB_PYTHON_SEED, the package's directory)",
  );
}

Deno.test({
  name: "assignment.json is what make_assignment.py writes",
  ignore: !required && (seed === undefined || !python),
  async fn() {
    assert.ok(seed !== undefined, "MODELAB_PYTHON_SEED must be set on CI");
    const folder = new URL(".", import.meta.url);
    const { success, stdout, stderr } = await new Deno.Command("python3", {
      args: ["-B", new URL("make_assignment.py", folder).pathname],
      env: { MODELAB_PYTHON_SEED: seed },
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const kept = await Deno.readTextFile(new URL("assignment.json", folder));
    assert.ok(
      new TextDecoder().decode(stdout) === kept,
      "assignment.json must be made again by make_assignment.py",
    );
  },
});

function hasPython(): boolean {
  try {
    return new Deno.Command("python3", { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}
