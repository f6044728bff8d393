import type { IngestBatch } from "../../../engine/records.ts";
import { incomingOf } from "../entry.ts";
import { Ledger } from "../ledger.ts";
import { KvFlagReader } from "../reader.ts";
import { RECEIVED_AT } from "./records.ts";
import { TEST_LIMITS, withKv } from "./with_kv.ts";

/** A database in memory, with its reader. */
export interface ReaderLab {
  readonly kv: Deno.Kv;
  readonly reader: KvFlagReader;
  /** Sends a batch, a millisecond after the one before. */
  readonly send: (batch: Partial<IngestBatch>) => Promise<void>;
}

/** Runs with a database of its own. */
export async function withReader(
  use: (lab: ReaderLab) => Promise<void>,
): Promise<void> {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    let now = RECEIVED_AT;
    await use({
      kv,
      reader: new KvFlagReader(kv),
      async send(batch) {
        const none = { assignments: [], executions: [], events: [] };
        await ledger.ingest(incomingOf({ ...none, ...batch }, now++), 0);
      },
    });
  });
}
