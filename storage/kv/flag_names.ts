import { indexPrefix } from "./keys.ts";

/** Every flag that has an assignment in the ledger, in the order of keys. */
export async function* flagNames(kv: Deno.Kv): AsyncGenerator<string> {
  const prefix = indexPrefix();
  let start: Deno.KvKey = [...prefix];
  const end: Deno.KvKey = [...prefix, true];
  for (;;) {
    const [entry] = await Array.fromAsync(
      kv.list({ start, end }, { limit: 1, batchSize: 1 }),
    );
    if (entry === undefined) return;
    const flag = String(entry.key[1]);
    yield flag;
    // After every row of this flag: no part is behind `true`.
    start = [...prefix, flag, true];
  }
}
