import assert from "node:assert/strict";
import { foldFlag } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { assignment, execution, incoming } from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

/** A database in which a fold comes right after each of the first reads. */
function foldingKv(kv: Deno.Kv, folds: number): Deno.Kv {
  let done = 0;
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  const fold = async (): Promise<void> => {
    if (done++ >= folds) return;
    const id = `more ${done}`;
    const flag_name = "folded";
    await ledger.ingest(
      incoming({
        assignments: [assignment(id, { flag_name, overridden: true })],
      }),
      0,
    );
    await foldFlag(kv, "folded", LOCAL_LIMITS);
  };
  return new Proxy(kv, {
    get(target, name) {
      if (name === "list") {
        return async function* (selector: Deno.KvListSelector) {
          const entries = await Array.fromAsync(target.list(selector));
          await fold();
          yield* entries;
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("a reader counts everything once though folds come between its reads", async () => {
  for (const folds of [0, 1, 2, 5, 11]) {
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
      const reader = new KvFlagReader(foldingKv(kv, folds));
      const { variants: [variant] } = await reader.readStatistics("folded") ??
        { variants: [] };
      assert.equal(variant?.sums.executions, 20n);
      assert.equal(
        variant?.sketches.latency.reduce((sum, [, , n]) => sum + n, 0),
        20,
      );
      const list = new KvFlagReader(foldingKv(kv, folds));
      const { flags: [flag] } = await list.listFlags();
      assert.equal(flag?.executions, 20);
    });
  }
});

Deno.test("a reader gives up when folds come during every read", async () => {
  await withKv(async (kv) => {
    const reader = new KvFlagReader(foldingKv(kv, Infinity));
    await assert.rejects(
      reader.readStatistics("folded"),
      /counters of folded were folded during every read/,
    );
  });
});
