import { flagKey } from "./keys.ts";
import { readFlagRows } from "./mark_flags.ts";

/**
 * Finds rows of flags that are older than their flag's counters: lists would
 * not see these.
 *
 * @param report Told of the row's key, as JSON, of the version that it should
 * at least have, and of its own.
 */
export async function compareFlags(
  kv: Deno.Kv,
  batchSize: number,
  report: (key: string, newest: string, version: string) => void,
): Promise<void> {
  for (const { flag, newest, version } of await readFlagRows(kv, batchSize)) {
    // An earlier version of modelab wrote none: a server does it at its start.
    if (version === null || version >= newest) continue;
    report(JSON.stringify(flagKey(flag)), newest, version);
  }
}
