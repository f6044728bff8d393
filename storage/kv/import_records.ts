import type { IngestBatch } from "../../engine/records.ts";
import { incomingOf } from "./entry.ts";
import type { Incoming } from "./entry.ts";
import type { ExportedRecord } from "./export_records.ts";
import { storyPrefix } from "./keys.ts";

/** Whether a database has no record yet. */
export async function isEmpty(kv: Deno.Kv): Promise<boolean> {
  const list = kv.list({ prefix: storyPrefix() }, { limit: 1 });
  return (await Array.fromAsync(list)).length === 0;
}

/**
 * A record of an export as it was when it came: what was found out then is
 * not found out anew.
 *
 * @param batch The record, checked, as the only one of a batch.
 */
export function importedOf(
  { at, late, timed, limit }: Omit<ExportedRecord, "record" | "kind">,
  batch: IngestBatch,
): Incoming[] {
  return incomingOf(batch, at, limit).map((incoming) => ({
    ...incoming,
    entry: {
      ...incoming.entry,
      time: timed ? incoming.entry.time : null,
      at,
      late,
    },
  }));
}
