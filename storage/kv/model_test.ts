import assert from "node:assert/strict";
import { valuesIn } from "../../engine/statistics/sketch_cells.ts";
import fc from "fast-check";
import type { IngestBatch } from "../../engine/records.ts";
import { incomingOf } from "./entry.ts";
import { SKETCH_METRICS } from "./fields.ts";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { REMOTE_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { assertVerified } from "./testing/counters.ts";
import { faultyKv } from "./testing/faulty_kv.ts";
import type { Fault } from "./testing/faulty_kv.ts";
import { Model } from "./testing/model.ts";
import { RECEIVED_AT } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import {
  expectedOf,
  hoursOf,
  inModelShape,
  nonZero,
} from "./testing/model_shape.ts";

const FLAGS = ["one", "two", "three"];
const WRITERS = 3;

/** A number that looks random and is always the same for the same text. */
function draw(text: string, below: number): number {
  let hash = 7;
  for (const unit of text) {
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) ^ (hash >>> 13);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) % below;
}

/** A time of some day, hour and second, the latest ones before the receipt. */
function timeOf(text: string): string {
  const days = draw(`${text} day`, 3);
  const seconds = draw(text, 4000) + (days === 0 ? 0 : days * 86_400);
  return new Date(RECEIVED_AT - seconds * 1000).toISOString();
}

/** One record of twelve assignments: an id always has the same fields. */
const record: fc.Arbitrary<IngestBatch> = fc.record({
  id: fc.integer({ min: 0, max: 11 }).map((n) => `assignment ${n}`),
  n: fc.integer({ min: 0, max: 5 }),
  kind: fc.constantFrom("assignment", "execution", "event", "event"),
}).map(({ id, n, kind }) => {
  const flag_name = FLAGS[draw(`${id} flag`, 3)] ?? "";
  const name = `${id} ${n}`;
  const hint = draw(`${name} hint`, 2) === 0 ? {} : { flag_name };
  const none: IngestBatch = { assignments: [], executions: [], events: [] };
  switch (kind) {
    case "assignment":
      return {
        ...none,
        assignments: [{
          assignment_id: id,
          flag_name,
          variant_name: draw(`${id} variant`, 2) === 0 ? "a" : "b",
          user_id: `user ${draw(`${id} user`, 2)}`,
          session_id: "",
          config_json: { n: draw(`${id} config`, 2) },
          assigned_at: timeOf(`${id} at`),
          overridden: draw(`${id} overridden`, 4) === 0,
        }],
      };
    case "execution": {
      const known = <T>(what: string, value: T): T | null =>
        draw(`${name} ${what}`, 4) === 0 ? null : value;
      return {
        ...none,
        executions: [{
          assignment_id: id,
          ...(draw(name, 2) === 0 ? { execution_id: name } : {}),
          latency_ms: known("latency", draw(`${name} ms`, 36e6) / 10.7),
          ttft_ms: known("ttft", draw(`${name} ttft`, 9000) / 7),
          input_tokens: known("input", draw(`${name} in`, 1e9)),
          output_tokens: known("output", draw(`${name} out`, 1000)),
          cost: known("cost", draw(`${name} cost`, 1e9) / 1e6),
          error: draw(`${name} error`, 3) === 0 ? "timeout" : null,
          metadata_json: {},
          recorded_at: timeOf(`${name} recorded`),
          ...hint,
        }],
      };
    }
    default: {
      const custom = n < 3;
      return {
        ...none,
        events: [{
          event_id: name,
          assignment_id: id,
          event_type: custom ? "custom" : n === 3 ? "failure" : "success",
          event_name: custom ? `name ${draw(name, 2)}` : "",
          payload_json: {},
          value: draw(`${name} v`, 2) ? (draw(name, 2e6) - 1e6) / 7 : null,
          created_at: timeOf(`${name} created`),
          ...hint,
        }],
      };
    }
  }
});

function joined(batches: readonly IngestBatch[]): IngestBatch {
  return {
    assignments: batches.flatMap(({ assignments }) => assignments),
    executions: batches.flatMap(({ executions }) => executions),
    events: batches.flatMap(({ events }) => events),
  };
}

const history = fc.array(
  fc.record({
    writer: fc.nat(WRITERS - 1),
    batch: fc.array(record, { maxLength: 12 }).map(joined),
  }),
  { minLength: 1, maxLength: 14 },
);

const faults = fc.array(
  fc.constantFrom<Fault>(
    "none",
    "none",
    "locked",
    "unanswered",
    "conflict",
    "broken",
  ),
  { maxLength: 16 },
);

/** What a reader sees at any moment belongs to whole commits. */
async function assertWhole(reader: KvFlagReader): Promise<void> {
  for (const flag of FLAGS) {
    const found = await reader.readStatistics(flag);
    for (const { sums, sketches } of found?.variants ?? []) {
      for (const metric of SKETCH_METRICS) {
        const cells = valuesIn(sketches[metric]);
        assert.equal(BigInt(cells), sums[`${metric}_known`], metric);
      }
    }
  }
}

async function assertModelled(
  reader: KvFlagReader,
  model: Model,
): Promise<void> {
  for (const flag of FLAGS) {
    const expected = model.flag(flag);
    const found = await reader.readStatistics(flag);
    assert.deepEqual(inModelShape(found), expectedOf(expected));
    const health = await reader.readHealth(flag);
    for (const figure of ["waiting", "late", "overridden"] as const) {
      assert.equal(health?.[figure], expected.health[figure], figure);
    }
    assert.deepEqual(
      await hoursOf(reader, flag),
      Object.fromEntries(
        Object.entries(expected.variants)
          .map(([name, { hours }]) => [name, nonZero(hours)]),
      ),
    );
    const { records } = await reader.listRecords(flag, { limit: 200 });
    assert.deepEqual(
      records.map((each) => each.assignment_id).sort(),
      model.ids(flag),
    );
  }
}

Deno.test("the ledger and the counters are those of a model that knows no increments, whatever the history", async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      faults,
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      async (batches, plan, remote, foldAfter) => {
        await withKv(async (kv) => {
          const limits = remote
            ? { ...REMOTE_LIMITS, checks: 4, bytes: 40_000 }
            : TEST_LIMITS;
          const faulty = faultyKv(kv, [...plan]);
          const reader = new KvFlagReader(kv, () => RECEIVED_AT);
          const writers = Array.from(
            { length: WRITERS },
            () =>
              new Ledger(faulty, {
                limits,
                foldAfter,
                pause: () => Promise.resolve(),
              }),
          );
          const send = async (): Promise<void> => {
            await Promise.allSettled(
              batches.map(({ writer, batch }) =>
                writers[writer]?.ingest(incomingOf(batch, RECEIVED_AT), 0)
              ),
            );
          };
          await Promise.all([send(), assertWhole(reader)]);
          // What failed is sent again, and what did not, too.
          await Promise.all([send(), assertWhole(reader)]);
          const model = new Model(RECEIVED_AT);
          for (const { batch } of batches) model.add(batch);
          await assertModelled(reader, model);
          await foldFlag(kv, "one", limits, 1);
          // What is left of the faults hits folds, of two writers at once.
          await Promise.allSettled(
            FLAGS.flatMap((flag) =>
              [1, 2].map(() => foldFlag(faulty, flag, limits, 1))
            ),
          );
          await assertModelled(reader, model);
          await assertVerified(kv);
        });
      },
    ),
    { numRuns: 80 },
  );
});
