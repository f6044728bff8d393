import assert from "node:assert/strict";
import { NO_VALUES } from "../../statistics/sketch_cells.ts";
import { analyzed, simulated } from "../testing/analyzed.ts";
import { checkVerdict } from "./check_verdict.ts";
import { VerdictFileError } from "./json_reader.ts";
import { sha256Of, verdictFile } from "./verdict_file.ts";

const STATISTICS = simulated({
  a: { users: 400, rate: 0.5, assignments: 2 },
  b: { users: 400, rate: 0.6, assignments: 2 },
}).build();
const NOW = Date.UTC(2026, 2, 1, 12);

/** A verdict as it comes out of a file. */
async function fileOf(): Promise<{ [field: string]: unknown }> {
  const file = await verdictFile(STATISTICS, analyzed(STATISTICS).options, NOW);
  return JSON.parse(JSON.stringify(file));
}

/** The file with one value in it changed; `at` is a path of keys. */
function changed(
  file: { [field: string]: unknown },
  at: readonly string[],
  value: unknown,
): { [field: string]: unknown } {
  const copy = structuredClone(file);
  let parent: object = copy;
  for (const key of at.slice(0, -1)) {
    const next: unknown = Reflect.get(parent, key);
    assert.ok(typeof next === "object" && next !== null, at.join("."));
    parent = next;
  }
  const last = at.at(-1) ?? "";
  assert.ok(Reflect.has(parent, last), at.join("."));
  Reflect.set(parent, last, value);
  return copy;
}

Deno.test("a verdict file recomputes to itself", async () => {
  const { figures, disagreements, reason, flagName } = await checkVerdict(
    await fileOf(),
  );
  assert.deepEqual(disagreements, []);
  assert.ok(figures > 500, String(figures));
  assert.equal(flagName, "reply");
  assert.equal(reason, analyzed(STATISTICS).decision.reason);
});

Deno.test("a verdict file carries exact integers as decimal strings", async () => {
  const text = JSON.stringify(await fileOf());
  const [variant] = STATISTICS.variants;
  assert.ok(
    text.includes(`"cost*cost":"${variant?.products["cost*cost"]}"`),
  );
});

const CHANGES: readonly (readonly [path: string, value: unknown])[] = [
  ["analysis.decision.action", "ship"],
  ["analysis.decision.reason", "Ship it."],
  ["analysis.metrics.0.variants.1.estimate", 0.99],
  ["analysis.guardrails.0.verdict", "pass"],
  ["options.alpha", 0.4],
  ["options.margin.value", 0.5],
  ["statistics.variants.1.sums.successes", "9999"],
  ["statistics.variants.1.users", "401"],
  ["statistics.variants.0.sums.cost_known", "3"],
  // Of these no figure depends: the digest tells.
  ["statistics.variants.0.products.cost*latency", "1"],
  ["statistics.variants.0.configs.0.config.model", "another"],
  ["created_at", "2020-01-01T00:00:00Z"],
  ["flag_name", "another"],
  ["sha256", "0".repeat(64)],
];

for (const [path, value] of CHANGES) {
  Deno.test(`a verdict file is caught when ${path} is changed`, async () => {
    const file = changed(await fileOf(), path.split("."), value);
    const { disagreements } = await checkVerdict(file);
    assert.notDeepEqual(disagreements, []);
  });
}

Deno.test("figures are caught even when the digest was made again", async () => {
  const file = changed(
    await fileOf(),
    ["analysis", "metrics", "0", "variants", "1", "numerator"],
    1,
  );
  const { sha256: _, ...rest } = file;
  const { disagreements } = await checkVerdict({
    ...rest,
    sha256: await sha256Of(rest),
  });
  assert.deepEqual(disagreements.map(({ path }) => path), [
    "analysis.metrics.0.variants.1.numerator",
  ]);
});

Deno.test("counts that contradict their sketch are caught, whatever else was made again", async () => {
  const [a, b] = STATISTICS.variants;
  assert.ok(a !== undefined && b !== undefined);
  const statistics = {
    ...STATISTICS,
    variants: [a, { ...b, sketches: { ...b.sketches, cost: NO_VALUES } }],
  };
  const file = await verdictFile(statistics, analyzed(statistics).options, NOW);
  const { disagreements } = await checkVerdict(
    JSON.parse(JSON.stringify(file)),
  );
  assert.deepEqual(disagreements.map(({ path }) => path), [
    "statistics.b.sums.cost_known",
  ]);
});

const BROKEN: readonly (readonly [path: string, value: unknown, RegExp])[] = [
  ["format", "csv", /^The file's format must be modelab-verdict\/1, got csv$/],
  ["statistics", null, /^statistics must be an object, got null$/],
  [
    "statistics.variants.1.sums.cost",
    12,
    /^statistics\.variants\[1\]\.sums\.cost must be an integer as a decimal string, got 12$/,
  ],
  [
    "statistics.variants.0.sketches.cost.0",
    [64, 1, 1],
    /must be a cell \[shard below 64, bucket, count\]/,
  ],
  ["options.interval", "never", /^options\.interval must be always_valid or/],
  ["options.control", "c", /^options\.control must be a variant of the flag/],
];

for (const [path, value, message] of BROKEN) {
  Deno.test(`a file whose ${path} is ${JSON.stringify(value)} is no verdict file`, async () => {
    const file = changed(await fileOf(), path.split("."), value);
    await assert.rejects(checkVerdict(file), (error) => {
      assert.ok(error instanceof VerdictFileError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("what is no object is no verdict file", async () => {
  for (const json of [null, 1, "x", [], {}]) {
    await assert.rejects(checkVerdict(json), VerdictFileError);
  }
});
