import assert from "node:assert/strict";
import { NO_VALUES, valuesIn } from "../../engine/statistics/sketch_cells.ts";
import type { IngestBatch } from "../../engine/records.ts";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

const BATCH = 1000;

/** Calls with 150 custom events each, of which each has a row of its own. */
function traces(...ids: readonly string[]): Partial<IngestBatch> {
  return {
    assignments: ids.map((id) => assignment(id, { flag_name: "folded" })),
    executions: ids.map((id) => execution(id)),
    events: ids.flatMap((id) =>
      Array.from({ length: 150 }, (_, n) =>
        event(id, `${id} ${n}`, {
          event_type: "custom",
          event_name: `${id} ${n}`,
        }))
    ),
  };
}

async function write(kv: Deno.Kv, batch: Partial<IngestBatch>): Promise<void> {
  await new Ledger(kv, { limits: TEST_LIMITS }).ingest(incoming(batch), 0);
}

/** Folds all, which can take more than one commit. */
async function foldAll(kv: Deno.Kv): Promise<void> {
  while (await foldFlag(kv, "folded", TEST_LIMITS, 1) > 0);
}

/** A database in which commits and folds come between batches of a read. */
interface FoldingKv {
  readonly kv: Deno.Kv;
  /** After so many more batches, one comes after each, so many times. */
  arm(batches: number, folds: number): void;
}

function foldingKv(kv: Deno.Kv): FoldingKv {
  let [done, folds] = [0, 0];
  const fold = async (): Promise<void> => {
    if (++done <= 0 || done > folds) return;
    await write(kv, { ...traces(crypto.randomUUID()), events: [] });
    // Every other fold leaves the sketches as they are.
    if (done % 2 === 0) await foldAll(kv);
    else await foldFlag(kv, "folded", TEST_LIMITS);
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
  return {
    kv: new Proxy(kv, {
      get(target, name) {
        if (name === "list") return list;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
    arm(batches, most) {
      [done, folds] = [-batches, most];
    },
  };
}

Deno.test("a reader counts everything once though folds come between its reads", async () => {
  // With 1,050 names of events, a flag has more rows than one batch.
  for (const ids of ["a", "abcdefg"]) {
    await withKv(async (kv) => {
      await write(kv, traces(...ids));
      await foldAll(kv);
      const folding = foldingKv(kv);
      const reader = new KvFlagReader(folding.kv);
      for (const batches of [0, 1, 2]) {
        for (const folds of [0, 1, 2, 5]) {
          const arm = (): void => folding.arm(batches, folds);
          await assertWhole(kv, reader, arm);
        }
      }
    });
  }
});

Deno.test("a reader counts everything once though a fold comes among more deltas than one batch has", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, {
      limits: TEST_LIMITS,
      foldAfter: Infinity,
    });
    // One delta each.
    for (let n = 0; n < BATCH + 50; n++) {
      await ledger.ingest(
        incoming({ ...traces(`many ${n}`), events: [] }),
        0,
      );
    }
    const folding = foldingKv(kv);
    const reader = new KvFlagReader(folding.kv);
    await assertWhole(kv, reader, () => folding.arm(0, 1));
  });
});

Deno.test("a version is no earlier than its moment though a fold comes among more deltas than one batch has", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, {
      limits: TEST_LIMITS,
      foldAfter: Infinity,
    });
    for (let n = 0; n < BATCH + 50; n++) {
      await ledger.ingest(
        incoming({ ...traces(`many ${n}`), events: [] }),
        0,
      );
    }
    const folding = foldingKv(kv);
    const reader = new KvFlagReader(folding.kv);
    const before = await reader.readVersion("folded");
    // After the first batch a record comes, and a fold that gathers deltas.
    folding.arm(0, 1);
    const between = await reader.readVersion("folded");
    assert.ok(between > before, `${between} after ${before}`);
    assert.equal(between, await new KvFlagReader(kv).readVersion("folded"));
  });
});

Deno.test("a flag's version is read at one moment", async () => {
  await withKv(async (kv) => {
    await write(kv, { ...traces("a"), events: [] });
    const folding = foldingKv(kv);
    const reader = new KvFlagReader(folding.kv);
    const before = await reader.readVersion("folded");
    // What comes after the one read is of the next version.
    folding.arm(0, 1);
    assert.equal(await reader.readVersion("folded"), before);
    assert.ok(await reader.readVersion("folded") > before);
    assert.equal(await reader.readVersion("no such flag"), "");
  });
});

/** Fails unless every read is of one moment while it lasted. */
async function assertWhole(
  kv: Deno.Kv,
  reader: KvFlagReader,
  arm: () => void,
): Promise<void> {
  const still = new KvFlagReader(kv);
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
        sum((at) => valuesIn(variants[at]?.sketches.latency ?? NO_VALUES)),
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
    await write(kv, { ...traces(crypto.randomUUID()), events: [] });
    const before = await executions();
    arm();
    const [first, ...others] = await read();
    for (const other of others) assert.equal(other, first);
    assert.ok(first !== undefined && first >= before);
    assert.ok(first <= await executions());
  }
}

Deno.test("a reader gives up when folds come during every read", async () => {
  await withKv(async (kv) => {
    await write(kv, traces("a"));
    await foldAll(kv);
    const folding = foldingKv(kv);
    folding.arm(0, Infinity);
    await assert.rejects(
      new KvFlagReader(folding.kv).readTimeline("folded", {
        granularity: "day",
        from: 0,
        to: RECEIVED_AT,
      }),
      /counters of folded were folded during every read/,
    );
  });
});
