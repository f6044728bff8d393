import assert from "node:assert/strict";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { assignment, execution, incoming } from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

/** A database in which, after some reads, reads take turns with some folds. */
function foldingKv(kv: Deno.Kv, reads: number, folds: number): Deno.Kv {
  let done = -reads;
  let turn: Promise<void> = Promise.resolve();
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  const fold = async (): Promise<void> => {
    if (++done <= 0 || done > folds) return;
    const id = crypto.randomUUID();
    const flag_name = "folded";
    await ledger.ingest(
      incoming({
        assignments: [assignment(id, { flag_name })],
        executions: [execution(id)],
      }),
      0,
    );
    await foldFlag(kv, "folded", LOCAL_LIMITS);
  };
  return new Proxy(kv, {
    get(target, name) {
      if (name === "list") {
        return async function* (selector: Deno.KvListSelector) {
          const entries = turn.then(() =>
            Array.fromAsync(target.list(selector))
          );
          turn = entries.then(fold);
          yield* await entries;
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("a reader counts everything once though folds come between its reads", async () => {
  const cases = [0, 1, 2].flatMap((reads) =>
    [0, 1, 2, 11].map((folds) => ({ reads, folds }))
  );
  for (const { reads, folds } of cases) {
    await withKv(async (kv) => {
      const ids = Array.from({ length: 20 }, (_, n) => `a${n}`);
      const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
      for (const id of ids) {
        await ledger.ingest(
          incoming({
            assignments: [assignment(id, { flag_name: "folded" })],
            executions: [execution(id)],
          }),
          0,
        );
      }
      const reader = new KvFlagReader(foldingKv(kv, reads, folds));
      const { variants: [variant] } = await reader.readStatistics("folded") ??
        { variants: [] };
      const executions = Number(variant?.sums.executions);
      assert.ok(executions >= 20 && executions <= 20 + folds);
      assert.equal(
        variant?.sketches.latency.reduce((sum, [, , n]) => sum + n, 0),
        executions,
      );
      await ledger.ingest(
        incoming({
          assignments: [assignment("last", { flag_name: "folded" })],
          executions: [execution("last")],
        }),
        0,
      );
      const list = new KvFlagReader(foldingKv(kv, reads, folds));
      const { flags: [flag] } = await list.listFlags();
      assert.ok(flag !== undefined && flag.executions > executions);
      assert.equal(flag.executions, flag.assignments);
    });
  }
});

Deno.test("a reader gives up when folds come during every read", async () => {
  await withKv(async (kv) => {
    const reader = new KvFlagReader(foldingKv(kv, 0, Infinity));
    await assert.rejects(
      reader.readStatistics("folded"),
      /counters of folded were folded during every read/,
    );
  });
});
