import assert from "node:assert/strict";
import type { VariantStatistics } from "../../engine/statistics/flag_statistics.ts";
import type { FlagSnapshot } from "../flag_reader.ts";
import { deleteFlag } from "./delete_flag.ts";
import { eraseUsers } from "./erase.ts";
import { keepSnapshot, readSnapshots } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { withKv } from "./testing/with_kv.ts";

const MINUTE = 60_000;
const records = (ids: readonly string[]) =>
  incoming({
    assignments: ids.map((id) =>
      assignment(id, { assigned_at: new Date(RECEIVED_AT).toISOString() })
    ),
    executions: ids.map((id) => execution(id)),
    events: ids.map((id) => event(id, `end of ${id}`)),
  });

Deno.test("a snapshot holds the flag's sums and products as they stood", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
    const reader = new KvFlagReader(kv, () => RECEIVED_AT);
    await ledger.ingest(records(["a", "b"]), 0);
    const then = await reader.readStatistics("flag");
    assert.equal(await keepSnapshot(kv, reader, "flag", RECEIVED_AT), true);
    await ledger.ingest(records(["c"]), 0);
    const [snapshot, ...more]: FlagSnapshot[] = await readSnapshots(kv, "flag");
    assert.deepEqual(more, []);
    assert.equal(snapshot?.time, RECEIVED_AT);
    for (const [at, variant] of (then?.variants ?? []).entries()) {
      const kept: VariantStatistics | undefined = snapshot?.statistics
        .variants[at];
      assert.equal(kept?.name, variant.name);
      assert.equal(kept?.users, variant.users);
      assert.deepEqual({ ...kept?.sums }, { ...variant.sums });
      assert.deepEqual({ ...kept?.products }, { ...variant.products });
    }
  });
});

Deno.test("snapshots lie closer the younger the flag is, and none is kept without news", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
    const reader = new KvFlagReader(kv, () => RECEIVED_AT);
    await ledger.ingest(records(["a"]), 0);
    const keep = (minutes: number): Promise<boolean> =>
      keepSnapshot(kv, reader, "flag", RECEIVED_AT + minutes * MINUTE);
    assert.equal(await keep(0), true);
    assert.equal(await keep(0.5), false, "the same minute");
    assert.equal(await keep(400), false, "nothing has come since");
    const come = (id: string, minutes: number): Promise<unknown> => {
      const at = RECEIVED_AT + minutes * MINUTE;
      const assigned_at = new Date(at).toISOString();
      const records = incoming({
        assignments: [assignment(id, { assigned_at })],
      });
      return ledger.ingest(
        records.map((one) => ({ ...one, entry: { ...one.entry, at } })),
        0,
      );
    };
    await come("b", 400);
    assert.equal(await keep(401), true);
    assert.equal(await keep(408), false, "nothing has come since");
    await come("c", 402);
    assert.equal(await keep(408), false, "too early for a flag of that age");
    await come("d", 407);
    assert.equal(await keep(9_000), true);
    assert.deepEqual(
      (await readSnapshots(kv, "flag")).map(({ time }) =>
        (time - RECEIVED_AT) / MINUTE
      ),
      [0, 400, 407],
    );
  });
});

Deno.test("erasing a user, and deleting a flag, forgets how the flag stood", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
    const reader = new KvFlagReader(kv, () => RECEIVED_AT);
    await ledger.ingest(records(["a", "b"]), 0);
    await keepSnapshot(kv, reader, "flag", RECEIVED_AT);
    await eraseUsers(kv, ["nobody"], LOCAL_LIMITS, RECEIVED_AT);
    assert.equal((await readSnapshots(kv, "flag")).length, 1);
    await eraseUsers(kv, ["user of a"], LOCAL_LIMITS, RECEIVED_AT);
    assert.deepEqual(await readSnapshots(kv, "flag"), []);
    await keepSnapshot(kv, reader, "flag", RECEIVED_AT);
    await deleteFlag(kv, "flag", LOCAL_LIMITS, RECEIVED_AT);
    assert.deepEqual(await readSnapshots(kv, "flag"), []);
  });
});

Deno.test("a flag that is not there has no history", async () => {
  await withKv(async (kv) => {
    const reader = new KvFlagReader(kv);
    assert.equal(await keepSnapshot(kv, reader, "gone", RECEIVED_AT), false);
    assert.deepEqual(await readSnapshots(kv, "gone"), []);
  });
});
