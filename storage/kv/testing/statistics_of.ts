import assert from "node:assert/strict";
import type { FlagStatistics } from "../../../engine/statistics/flag_statistics.ts";
import { foldFlag } from "../fold.ts";
import type { Incoming } from "../entry.ts";
import { Ledger } from "../ledger.ts";
import { KvFlagReader } from "../reader.ts";
import { TEST_LIMITS, withKv } from "./with_kv.ts";

/** What a flag's statistics are, before and after a fold. */
export async function statisticsOf(
  ...batches: readonly Incoming[][]
): Promise<FlagStatistics> {
  let found: FlagStatistics | null = null;
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    for (const batch of batches) await ledger.ingest(batch, 0);
    const reader = new KvFlagReader(kv);
    found = await reader.readStatistics("flag");
    for (const minCells of [Infinity, 1]) {
      await foldFlag(kv, "flag", TEST_LIMITS, minCells);
      assert.deepEqual(await reader.readStatistics("flag"), found);
    }
  });
  assert.ok(found !== null);
  return found;
}
