import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { IngestBatch } from "../../engine/records.ts";
import { openDatabase } from "./database.ts";
import { incomingOf } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./limits.ts";
import type { CommitLimits } from "./limits.ts";
import { countingKv } from "./testing/counting_kv.ts";
import type { Written } from "./testing/counting_kv.ts";
import { RECEIVED_AT } from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

/** Half of the users are new. */
function userOf(n: number): string {
  return `user-${n % 2 === 0 ? n : Math.floor(n / 4) * 2}`;
}

/** Assignments with one execution and one success each, as our SDK sends. */
function traces(from: number, count: number, flags = 1): IngestBatch {
  const at = new Date(RECEIVED_AT - 1000).toISOString();
  const list = Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const user_id = userOf(n);
    return {
      id: crypto.randomUUID(),
      n,
      whose: {
        flag_name: `reply-model-${n % flags}`,
        variant_name: user_id.length % 2 === 0 ? "small" : "large",
        user_id,
      },
    };
  });
  return {
    assignments: list.map(({ id, whose }) => ({
      assignment_id: id,
      ...whose,
      session_id: "",
      config_json: { model: whose.variant_name },
      assigned_at: at,
    })),
    executions: list.map(({ id, whose, n }) => ({
      assignment_id: id,
      ...whose,
      execution_id: crypto.randomUUID(),
      latency_ms: 400 + (n * 7919 % 1_000_000) / 997,
      input_tokens: 100 + n % 50,
      output_tokens: 40 + n % 9,
      cost: 0.0004 + n % 997 / 1e6,
      error: null,
      metadata_json: {},
      recorded_at: at,
    })),
    events: list.map(({ id, whose }) => ({
      assignment_id: id,
      ...whose,
      event_id: crypto.randomUUID(),
      event_type: "success",
      event_name: "",
      payload_json: {},
      created_at: at,
    })),
  };
}

const BATCHES = 200;
const CLIENTS = 8;

/** Sends batches of 50 traces, eight at a time, and counts what is written. */
async function writtenBy(
  kv: Deno.Kv,
  limits: CommitLimits,
  batches: number,
  flags = 1,
): Promise<{ written: Written; records: number }> {
  const counting = countingKv(kv);
  const ledger = new Ledger(counting.kv, { limits });
  for (let at = 0; at < batches; at += CLIENTS) {
    await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) => {
        const batch = traces((at + client) * 50, 50, flags);
        return ledger.ingest(incomingOf(batch, RECEIVED_AT), 0);
      }),
    );
  }
  await ledger.drain();
  return { written: counting.written, records: batches * 150 };
}

Deno.test("records in batches cost 0.8 write units each at most, folds included", async () => {
  await withKv(async (kv) => {
    const { written, records } = await writtenBy(kv, LOCAL_LIMITS, BATCHES);
    assert.ok(written.writeUnits / records <= 0.8, JSON.stringify(written));
    assert.ok(written.mutations / records <= 0.75, JSON.stringify(written));
    // Fifty traces fill a commit: each has a row, and most have a user.
    assert.ok(written.commits * 130 <= records, JSON.stringify(written));
  });
});

Deno.test("records of twenty flags in one batch cost 0.9 write units each at most", async () => {
  await withKv(async (kv) => {
    const { written, records } = await writtenBy(kv, LOCAL_LIMITS, BATCHES, 20);
    assert.ok(written.writeUnits / records <= 0.9, JSON.stringify(written));
    assert.ok(written.mostMutations <= 1000, JSON.stringify(written));
    assert.ok(written.commits * 100 <= records, JSON.stringify(written));
  });
});

Deno.test("records over KV Connect cost 1.2 write units each at most", async () => {
  await withKv(async (kv) => {
    const { written, records } = await writtenBy(kv, REMOTE_LIMITS, 80);
    assert.ok(written.writeUnits / records <= 1.2, JSON.stringify(written));
    assert.ok(written.checks <= written.commits * 10);
  });
});

Deno.test("a record in a request of its own costs 8 write units at most", async () => {
  await withKv(async (kv) => {
    const counting = countingKv(kv);
    const ledger = new Ledger(counting.kv, { limits: LOCAL_LIMITS });
    const count = 200;
    for (let n = 0; n < count; n++) {
      const { assignments, executions, events } = traces(n, 1);
      const none = { assignments: [], executions: [], events: [] };
      for (const part of [{ assignments }, { executions }, { events }]) {
        const batch = { ...none, ...part };
        await ledger.ingest(incomingOf(batch, RECEIVED_AT), 0);
      }
    }
    const { writeUnits } = counting.written;
    assert.ok(writeUnits / (count * 3) <= 8, `${writeUnits / (count * 3)}`);
  });
});

Deno.test("records take 220 bytes on disk at most, with ids in random order", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const path = join(directory, "data.kv");
    const { kv, limits } = await openDatabase(path);
    const { records } = await writtenBy(kv, limits, 160);
    kv.close();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    const { size } = await Deno.stat(path);
    assert.ok(size / records <= 220, `${size / records}`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
