import assert from "node:assert/strict";
import { encodeBlocks } from "./block.ts";
import { deleteFlag } from "./delete_flag.ts";
import { eraseUsers } from "./erase.ts";
import { USERS } from "./fields.ts";
import { foldFlag } from "./fold.ts";
import { deltaKey, flagPrefix, newNonce } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import { KvFlagReader } from "./reader.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

const FLAGS = Array.from({ length: 60 }, (_, n) => `flag-${n}`);

async function withFlags(
  use: (kv: Deno.Kv, ledger: Ledger) => Promise<void>,
): Promise<void> {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    const assignments = FLAGS.map((flag_name) =>
      assignment(`of ${flag_name}`, { flag_name, user_id: "user" })
    );
    await ledger.ingest(incoming({ assignments }), 0);
    await use(kv, ledger);
    await ledger.drain();
  });
}

/** Fails unless a reader lists what one lists that knows nothing. */
async function assertCurrent(kv: Deno.Kv, reader: KvFlagReader): Promise<void> {
  assert.deepEqual(
    await reader.listFlags(),
    await new KvFlagReader(kv).listFlags(),
  );
}

/** A handle that counts the reads of anything but flags' rows. */
function counting(kv: Deno.Kv): { kv: Deno.Kv; reads: () => number } {
  let reads = 0;
  const proxy = new Proxy(kv, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => {
        const of = JSON.stringify(values[0]);
        if (!/\["(flag|archived)"\]/.test(of)) reads++;
        return value.apply(target, values);
      };
    },
  });
  return { kv: proxy, reads: () => reads };
}

Deno.test("a list reads again the flags that have changed, and no other", async () => {
  await withFlags(async (kv, ledger) => {
    const { kv: handle, reads } = counting(kv);
    const reader = new KvFlagReader(handle);
    const { flags: before } = await reader.listFlags();
    assert.deepEqual(
      before.map(({ flag_name }) => flag_name),
      FLAGS.toSorted(),
    );
    const first = reads();
    const { flags: again } = await reader.listFlags();
    assert.equal(reads(), first);
    assert.ok(again.every((summary, at) => summary === before[at]));
    await ledger.ingest(
      incoming({ executions: [execution("of flag-7", { cost: 2 })] }),
      0,
    );
    const { flags: after } = await reader.listFlags();
    assert.equal(reads(), first + 1);
    assert.deepEqual(
      after.filter((summary, at) => summary !== before[at])
        .map(({ flag_name, total_cost }) => [flag_name, total_cost]),
      [["flag-7", 2]],
    );
  });
});

Deno.test("a list has whatever was done to a flag, and whoever did it", async () => {
  await withFlags(async (kv, ledger) => {
    const other = new Ledger(kv, { limits: TEST_LIMITS });
    const reader = new KvFlagReader(kv);
    await reader.listFlags();
    const late = { assigned_at: "2020-01-01T00:00:00Z" };
    const steps: readonly (() => Promise<unknown>)[] = [
      () =>
        other.ingest(
          incoming({
            assignments: [assignment("new", { flag_name: "new", ...late })],
            events: FLAGS.map((flag) => event(`of ${flag}`, `e ${flag}`)),
          }),
          0,
        ),
      () => foldFlag(kv, "new", TEST_LIMITS),
      () => ledger.ingest(incoming({ events: [event("new", "e new")] }), 0),
      () => deleteFlag(kv, "new", TEST_LIMITS, RECEIVED_AT),
      () =>
        ledger.ingest(
          incoming({
            assignments: [
              assignment("new", { flag_name: "new" }),
              assignment("later", { flag_name: "new" }),
              assignment("earlier", { flag_name: "new", ...late }),
            ],
          }),
          0,
        ),
      // The earliest time is found anew.
      () => eraseUsers(kv, ["user of earlier"], TEST_LIMITS, RECEIVED_AT),
      () => eraseUsers(kv, ["user"], TEST_LIMITS, RECEIVED_AT),
    ];
    for (const step of steps) {
      await step();
      await assertCurrent(kv, reader);
    }
    const { flags } = await reader.listFlags();
    assert.deepEqual(
      flags.map(({ flag_name, users, first_seen }) => [
        flag_name,
        users,
        first_seen.slice(0, 4),
      ]),
      [["new", 2, "2026"]],
    );
  });
});

/** Adds a user as an earlier version did: beside the flag's row. */
async function addUnmarked(kv: Deno.Kv, flag: string): Promise<void> {
  const fields = new Map([[USERS, 1]]);
  const segment = { kind: "total", variant: "control", part: "" } as const;
  for (const block of encodeBlocks([{ ...segment, fields }])) {
    await kv.set(deltaKey(flag, newNonce()), block);
  }
}

Deno.test("a database of an earlier version, which wrote no rows of flags, is listed, and gets them", async () => {
  await withFlags(async (kv, ledger) => {
    await deleteFlag(kv, "flag-0", TEST_LIMITS, RECEIVED_AT);
    await foldFlag(kv, "flag-1", TEST_LIMITS);
    for await (const { key } of kv.list({ prefix: flagPrefix() })) {
      await kv.delete(key);
    }
    const reader = new KvFlagReader(kv);
    assert.equal((await reader.listFlags()).flags.length, FLAGS.length - 1);
    await addUnmarked(kv, "flag-2");
    await ledger.ingest(incoming({ events: [event("of flag-3", "e")] }), 0);
    await assertCurrent(kv, reader);
    await ledger.foldAll();
    const rows = await Array.fromAsync(kv.list({ prefix: flagPrefix() }));
    assert.deepEqual(
      rows.map(({ key }) => key[1]),
      FLAGS.filter((flag) => flag !== "flag-0").toSorted(),
    );
    await assertCurrent(kv, reader);
    // It may still run beside this one.
    await addUnmarked(kv, "flag-4");
    await ledger.foldAll();
    await assertCurrent(kv, reader);
    const { flags } = await reader.listFlags();
    const users = (flag: string): number | undefined =>
      flags.find(({ flag_name }) => flag_name === flag)?.users;
    const counted = ["flag-2", "flag-3", "flag-4", "flag-5"].map(users);
    assert.deepEqual(counted, [2, 1, 2, 1]);
  });
});
