import assert from "node:assert/strict";
import { COUNTER_SPACES } from "../keys.ts";
import { verify } from "../verify.ts";
import { RECEIVED_AT } from "./records.ts";

/** Every counter that is not zero, by its key as JSON. */
export async function countersOf(
  kv: Deno.Kv,
): Promise<{ [key: string]: bigint }> {
  const counters: { [key: string]: bigint } = {};
  for (const space of COUNTER_SPACES) {
    for await (
      const { key, value } of kv.list<Deno.KvU64>({ prefix: [space] })
    ) {
      const signed = BigInt.asIntN(64, value.value);
      if (signed !== 0n) counters[JSON.stringify(key)] = signed;
    }
  }
  return counters;
}

/** Fails unless a recount of the ledger finds every counter as it is. */
export async function assertVerified(kv: Deno.Kv): Promise<void> {
  const { mismatches, uncounted } = await verify(kv, RECEIVED_AT);
  assert.deepEqual(mismatches, []);
  assert.equal(uncounted, 0);
}
