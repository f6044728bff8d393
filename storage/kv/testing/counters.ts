import assert from "node:assert/strict";
import { counterName } from "../counter_names.ts";
import { readCounters } from "../counters.ts";
import { countersPrefix } from "../keys.ts";
import { sketchPrefix, timePrefix } from "../segment_keys.ts";
import { verify } from "../verify.ts";
import { RECEIVED_AT } from "./records.ts";

/** Every counter that is not zero, by its name as JSON. */
export async function countersOf(
  kv: Deno.Kv,
): Promise<{ [name: string]: bigint }> {
  const flags = new Set<string>();
  for (const prefix of [countersPrefix(), sketchPrefix(), timePrefix()]) {
    for await (const { key } of kv.list({ prefix })) flags.add(String(key[1]));
  }
  const counters: { [name: string]: bigint } = {};
  for (const flag of flags) {
    const found = await readCounters(kv, flag, [
      { prefix: sketchPrefix(flag) },
      { prefix: timePrefix(flag) },
    ]);
    for (const segment of found.segments()) {
      for (const [field, amount] of segment.fields) {
        if (amount === 0) continue;
        const name = counterName(flag, segment, field);
        counters[JSON.stringify(name)] = BigInt(amount);
      }
    }
  }
  return counters;
}

/** Fails unless a recount of the ledger finds everything as it is. */
export async function assertVerified(kv: Deno.Kv): Promise<void> {
  const { mismatches, uncounted } = await verify(kv, RECEIVED_AT);
  assert.deepEqual(mismatches, []);
  assert.equal(uncounted, 0);
}
