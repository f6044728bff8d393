import assert from "node:assert/strict";
import type { IngestBatch } from "../../engine/records.ts";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

const BATCH = 1000;

/** A call with many custom events, each of which has rows of its own. */
function trace(id: string, events: number): Partial<IngestBatch> {
  return {
    assignments: [assignment(id, { flag_name: "folded" })],
    executions: [execution(id)],
    events: Array.from({ length: events }, (_, n) =>
      event(id, `${id} ${n}`, {
        event_type: "custom",
        event_name: `event ${n}`,
      })),
  };
}

async function write(kv: Deno.Kv, batch: Partial<IngestBatch>): Promise<void> {
  await new Ledger(kv, { limits: LOCAL_LIMITS }).ingest(incoming(batch), 0);
}

/** Folds all, which can take more than one commit. */
async function foldAll(kv: Deno.Kv): Promise<void> {
  while (await foldFlag(kv, "folded", LOCAL_LIMITS, 1) > 0);
}

/**
 * Uses a database in which, after some batches that were read, a commit and a
 * fold come after each, as often as is said.
 */
async function withFolds(
  kv: Deno.Kv,
  reads: number,
  folds: number,
  use: (kv: Deno.Kv) => Promise<void>,
): Promise<void> {
  let done = -reads;
  const fold = async (): Promise<void> => {
    if (++done <= 0 || done > folds) return;
    await write(kv, trace(crypto.randomUUID(), 0));
    await foldAll(kv);
  };
  const list = async function* (
    selector: Deno.KvListSelector,
  ): AsyncGenerator<Deno.KvEntry<unknown>> {
    let cursor = "";
    do {
      const batch = kv.list(selector, {
        limit: BATCH,
        batchSize: BATCH,
        ...(cursor === "" ? {} : { cursor }),
      });
      const entries = await Array.fromAsync(batch);
      cursor = entries.length < BATCH ? "" : batch.cursor;
      await fold();
      yield* entries;
    } while (cursor !== "");
  };
  await use(
    new Proxy(kv, {
      get(target, name) {
        if (name === "list") return list;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
  );
}

Deno.test("a reader counts everything once though folds come between its reads", async () => {
  // With 600 names of events for two variants, a flag has 1,200 rows.
  for (const events of [0, 600]) {
    for (const reads of [0, 1, 2]) {
      for (const folds of [0, 1, 2, 11]) {
        await withKv(async (kv) => {
          await write(kv, trace("a", events));
          await write(kv, {
            ...trace("b", events),
            assignments: [assignment("b", {
              flag_name: "folded",
              variant_name: "concise",
            })],
          });
          await foldAll(kv);
          await write(kv, trace("c", events));
          await withFolds(
            kv,
            reads,
            folds,
            (folding) => assertWhole(kv, folding),
          );
        });
      }
    }
  }
});

/** Fails unless every read is of one moment while it lasted. */
async function assertWhole(kv: Deno.Kv, folding: Deno.Kv): Promise<void> {
  const still = new KvFlagReader(kv);
  const reader = new KvFlagReader(folding);
  const executions = async (): Promise<number> =>
    (await still.listFlags()).flags[0]?.executions ?? 0;
  const reads: readonly (() => Promise<readonly number[]>)[] = [
    async () => {
      const { variants } = await reader.readStatistics("folded") ??
        { variants: [] };
      const sum = (of: (at: number) => number): number =>
        variants.reduce((total, _, at) => total + of(at), 0);
      return [
        sum((at) => Number(variants[at]?.sums.executions)),
        sum((at) => Number(variants[at]?.sums.assignments)),
        sum((at) =>
          variants[at]?.sketches.latency.reduce((all, [, , n]) => all + n, 0) ??
            0
        ),
      ];
    },
    async () => {
      const { flags: [flag] } = await reader.listFlags();
      return [flag?.executions ?? 0, flag?.assignments ?? 0];
    },
    async () => {
      const timeline = await reader.readTimeline("folded", {
        granularity: "day",
        from: RECEIVED_AT - 86_400_000,
        to: RECEIVED_AT + 86_400_000,
      });
      const points = timeline?.series.flatMap((series) => series.points) ?? [];
      return [points.reduce((sum, point) => sum + point.executions, 0)];
    },
  ];
  for (const read of reads) {
    const before = await executions();
    const [first, ...others] = await read();
    for (const other of others) assert.equal(other, first);
    assert.ok(first !== undefined && first >= before);
    assert.ok(first <= await executions());
  }
}

Deno.test("a reader gives up when folds come during every read", async () => {
  await withKv(async (kv) => {
    await write(kv, trace("a", 0));
    await foldAll(kv);
    await withFolds(kv, 0, Infinity, async (kv) => {
      await assert.rejects(
        new KvFlagReader(kv).readTimeline("folded", {
          granularity: "day",
          from: 0,
          to: RECEIVED_AT,
        }),
        /counters of folded were folded during every read/,
      );
    });
  });
});
