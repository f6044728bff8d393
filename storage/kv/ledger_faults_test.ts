import assert from "node:assert/strict";
import { storyKey } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import type { Verdict } from "./story.ts";
import { assertVerified } from "./testing/counters.ts";
import { faultyKv } from "./testing/faulty_kv.ts";
import type { Fault } from "./testing/faulty_kv.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { assignment, execution, incoming } from "./testing/records.ts";

const options = {
  limits: TEST_LIMITS,
  pause: () => Promise.resolve(),
};

Deno.test("ingest() answers all of many requests when the database fails, without a pause for each", async () => {
  await withKv(async (kv) => {
    const broken = new Proxy(kv, {
      get: (target, name) =>
        name === "getMany"
          ? () => Promise.reject(new Error("disk I/O error"))
          : Reflect.get(target, name),
    });
    let pauses = 0;
    const pause = (): Promise<void> => Promise.resolve(void pauses++);
    const ledger = new Ledger(broken, { ...options, pause });
    const results = await Promise.allSettled(
      Array.from(
        { length: 200 },
        (_, n) =>
          ledger.ingest(incoming({ assignments: [assignment(`a${n}`)] }), 0),
      ),
    );
    assert.ok(results.every(({ status }) => status === "rejected"));
    assert.ok(pauses < 10, `${pauses}`);
  });
});

Deno.test("ingest() does not let one request's failure take others with it", async () => {
  await withKv(async (kv) => {
    // A row that no modelab wrote: reading it always fails.
    await kv.set(["a", "broken"], new Uint8Array([1, 2, 3]));
    const ledger = new Ledger(kv, options);
    const send = (id: string): Promise<unknown> =>
      ledger.ingest(incoming({ assignments: [assignment(id)] }), 0);
    const results = await Promise.allSettled(
      ["a", "b", "broken", "c"].map(send),
    );
    assert.deepEqual(results.map(({ status }) => status), [
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  });
});

Deno.test("ingest() acknowledges no duplicate of a record that is not durable", async () => {
  await withKv(async (kv) => {
    const plan = Array<Fault>(50).fill("broken");
    // No two records have room in a commit.
    const limits = { ...TEST_LIMITS, bytes: 1 };
    const ledger = new Ledger(faultyKv(kv, plan), { ...options, limits });
    const send = (id: string): Promise<Verdict[]> =>
      ledger.ingest(
        incoming({ executions: [execution(id, { execution_id: "x" })] }),
        0,
      );
    // What comes while one is under way forms a round together.
    const first = send("other");
    const results = await Promise.allSettled([first, send("a"), send("a")]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    assert.equal((await kv.get(storyKey("a"))).versionstamp, null);
  });
});

Deno.test("ingest() writes nothing of a commit in whose making something went wrong", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, options);
    const [good, bad] = incoming({
      assignments: [assignment("a", { user_id: "u" })],
      executions: [execution("a", { execution_id: "x" })],
    });
    assert.ok(good !== undefined && bad?.entry.kind === "execution");
    // Counting throws halfway, after the user's totals have changed.
    const entry = { ...bad.entry, latency: NaN };
    await assert.rejects(ledger.ingest([good, { ...bad, entry }], 0), {
      name: "StorageUnavailableError",
    });
    await assertVerified(kv);
    assert.deepEqual(await ledger.ingest([good, bad], 0), [
      "accepted",
      "accepted",
    ]);
    await assertVerified(kv);
  });
});
