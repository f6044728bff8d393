import assert from "node:assert/strict";
import { addDeltas } from "./add_deltas.ts";
import { counterName } from "./counter_names.ts";
import { readCounters } from "./counters.ts";
import { USERS } from "./fields.ts";
import type { Segment } from "./flag_counters.ts";
import { foldFlag } from "./fold.ts";
import { deltaKey, flagKey, newNonce } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import { sketchPrefix, timePrefix } from "./segment_keys.ts";
import { countersOf } from "./testing/counters.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { User } from "./user.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { verify } from "./verify.ts";

async function fill(kv: Deno.Kv): Promise<void> {
  await new Ledger(kv, { limits: TEST_LIMITS }).ingest(
    incoming({
      assignments: [assignment("a"), assignment("b")],
      executions: [execution("a"), execution("orphan")],
      events: [
        event("a", "e1"),
        event("b", "e2", { event_type: "custom", event_name: "edited" }),
      ],
    }),
    0,
  );
}

Deno.test("verify() finds nothing wrong with what a ledger counted", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const { counters, ...found } = await verify(kv, RECEIVED_AT);
    assert.deepEqual(found, {
      assignments: 2,
      records: 6,
      orphans: 1,
      uncounted: 0,
      users: 2,
      mismatches: [],
    });
    assert.equal(counters, Object.keys(await countersOf(kv)).length);
  });
});

/** Adds to a counter what no record stands for. */
async function falsify(
  kv: Deno.Kv,
  segment: Omit<Segment, "fields">,
  field: number,
  amount: number,
): Promise<void> {
  const fields = new Map([[field, amount]]);
  const atomic = kv.atomic();
  addDeltas(atomic, "flag", [{ ...segment, fields }]);
  await atomic.commit();
}

Deno.test("verify() finds every single counter that is off by one", async () => {
  for (const folded of [false, true]) {
    await withKv(async (kv) => {
      await fill(kv);
      const counters = await readCounters(kv, "flag", [
        { prefix: sketchPrefix("flag") },
        { prefix: timePrefix("flag") },
      ]);
      const before = await countersOf(kv);
      let count = 0;
      for (const segment of counters.segments()) {
        for (const field of segment.fields.keys()) {
          const key = JSON.stringify(counterName("flag", segment, field));
          const recounted = before[key] ?? null;
          const isSeen = /"(first|last)"\]$/.test(key);
          const amounts = isSeen
            ? [key.endsWith(`"first"]`) ? 1 : 2e15]
            : [1, -1];
          for (const amount of amounts) {
            count++;
            await falsify(kv, segment, field, amount);
            if (folded) await foldFlag(kv, "flag", TEST_LIMITS);
            const counted = isSeen
              ? BigInt(amount)
              : (recounted ?? 0n) + BigInt(amount);
            assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, [
              { key, recounted, counted: counted === 0n ? null : counted },
            ]);
            // A time cannot be taken back.
            if (isSeen) break;
            await falsify(kv, segment, field, -amount);
          }
          if (isSeen) {
            for await (const { key } of kv.list({ prefix: [] })) {
              if (key[0] !== "schema") await kv.delete(key);
            }
            await fill(kv);
          }
        }
      }
      assert.ok(count > 100, `${count}`);
    });
  }
});

Deno.test("verify() finds the same in parts as in one", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const ids = Array.from({ length: 40 }, (_, n) => `p${n}`);
    await new Ledger(kv, { limits: TEST_LIMITS }).ingest(
      incoming({
        assignments: ids.map((id) => assignment(id)),
        events: ids.map((id) => event(id, `e ${id}`)),
      }),
      0,
    );
    await kv.delete(["u", "flag", "user of p7"]);
    await kv.set(["w", "p9"], new Uint8Array());
    const whole = await verify(kv, RECEIVED_AT);
    assert.equal(whole.mismatches.length, 2);
    for (const usersPerPart of [1, 5, 30]) {
      const found = await verify(kv, RECEIVED_AT, usersPerPart);
      assert.deepEqual({ ...found, mismatches: found.mismatches.length }, {
        ...whole,
        mismatches: 2,
      });
    }
  });
});

Deno.test("verify() finds a counter that no record stands for", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const segment = { kind: "total", variant: "ghost", part: "" } as const;
    await falsify(kv, segment, USERS, 1);
    assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, [{
      key: JSON.stringify(["flag", "total", "ghost", "users"]),
      recounted: null,
      counted: 1n,
    }]);
  });
});

Deno.test("verify() finds a user's row, an index and a mark that are not what the ledger says", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const keyOf = async (space: string): Promise<Deno.KvKey> => {
      for await (const { key } of kv.list({ prefix: [space] })) return key;
      throw new Error(`Nothing under ${space}`);
    };
    await kv.delete(await keyOf("i"));
    await kv.delete(await keyOf("u"));
    await kv.set(["u", "flag", "nobody"], new User().encode().row);
    await kv.set(["w", "a"], new Uint8Array());
    const { mismatches } = await verify(kv, RECEIVED_AT);
    assert.deepEqual(mismatches.map(({ key }) => key), [
      `["w","a"]`,
      `["u","flag","nobody"]`,
      `["u","flag","user of a"]`,
      `["i","flag"]`,
    ]);
  });
});

Deno.test("verify() does not look at minutes that are past their time", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    await foldFlag(kv, "flag", TEST_LIMITS);
    const minutes = kv.list({ prefix: ["time", "flag", "minute"] });
    for await (const { key } of minutes) await kv.delete(key);
    const days = 3 * 86_400_000;
    const found = await verify(kv, RECEIVED_AT + days);
    assert.deepEqual(found.mismatches, []);
    const early = await verify(kv, RECEIVED_AT);
    assert.ok(early.mismatches.length > 0);
  });
});

Deno.test("verify() finds a flag's row that is older than its counters, and misses none that no server has written yet", async () => {
  await withKv(async (kv) => {
    await fill(kv);
    const { versionstamp } = await kv.get(flagKey("flag"));
    // It adds nothing, but does not say that it is there.
    const added = await kv.set(deltaKey("flag", newNonce()), new Uint8Array(0));
    assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, [{
      key: `["flag","flag"]`,
      recounted: added.versionstamp,
      counted: versionstamp,
    }]);
    await kv.delete(flagKey("flag"));
    assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, []);
  });
});
