import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";
import { assertVerified } from "./testing/counters.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";

/** Makes a database note the ids of the stories that it is asked for. */
function noteStories(kv: Deno.Kv): string[] {
  const asked: string[] = [];
  const getMany = kv.getMany.bind(kv);
  Reflect.set(kv, "getMany", (keys: Deno.KvKey[]) => {
    for (const [space, id] of keys) if (space === "a") asked.push(String(id));
    return getMany(keys);
  });
  return asked;
}

/** A ledger that fails where it would wait for another writer. */
function ledgerOn(kv: Deno.Kv): Ledger {
  return new Ledger(kv, {
    limits: TEST_LIMITS,
    pause: () => Promise.reject(new Error("Nobody else was writing")),
  });
}

const trace = incoming({
  assignments: [assignment("one")],
  executions: [execution("one", { execution_id: "x" })],
  events: [event("one", "e")],
});

Deno.test("ingest() does not look for the story of an assignment that comes", async () => {
  await withKv(async (kv) => {
    const asked = noteStories(kv);
    const ledger = ledgerOn(kv);
    await ledger.ingest(trace, 0);
    assert.deepEqual(asked, []);
    await ledger.ingest(incoming({ events: [event("one", "late")] }), 0);
    assert.deepEqual(asked, ["one"]);
    await assertVerified(kv);
  });
});

Deno.test("ingest() finds that a story was there after all, at once and for all of its records", async () => {
  await withKv(async (kv) => {
    await ledgerOn(kv).ingest(trace, 0);
    const verdicts = await ledgerOn(kv).ingest([
      ...trace,
      ...incoming({ assignments: [assignment("two")] }),
      ...incoming({ assignments: [assignment("one", { user_id: "other" })] }),
    ], 0);
    assert.deepEqual(verdicts.slice(0, 4), [
      "duplicate",
      "duplicate",
      "duplicate",
      "accepted",
    ]);
    assert.match(JSON.stringify(verdicts[4]), /its user is/);
    await assertVerified(kv);
  });
});

Deno.test("ingest() counts what came before its assignment, though it takes that to be new", async () => {
  await withKv(async (kv) => {
    await ledgerOn(kv).ingest(trace.slice(1), 0);
    const verdicts = await ledgerOn(kv).ingest(trace, 0);
    assert.deepEqual(verdicts, ["accepted", "duplicate", "duplicate"]);
    await assertVerified(kv);
  });
});

Deno.test("ingest() looks for every story for a while when one was there", async () => {
  await withKv(async (kv) => {
    const ledger = ledgerOn(kv);
    await ledger.ingest(trace, 0);
    await ledger.ingest(trace, 0);
    const asked = noteStories(kv);
    const next = (id: string) =>
      ledger.ingest(incoming({ assignments: [assignment(id)] }), 0);
    await next("two");
    assert.deepEqual(asked, ["two"]);
    for (let n = 0; n < 30; n++) await next(`other-${n}`);
    assert.ok(!asked.includes("other-29"));
  });
});
