import assert from "node:assert/strict";
import { KnownRecords } from "./known_records.ts";
import { event, execution, incoming } from "./testing/records.ts";

Deno.test("KnownRecords knows each record again, however many there are", () => {
  const records = incoming({
    executions: Array.from({ length: 15 }, (_, n) => [
      execution("a", { execution_id: `id ${n}` }),
      // These have no id: they are all that they say.
      execution("a", { latency_ms: n }),
    ]).flat(),
    events: Array.from({ length: 15 }, (_, n) => event("a", `id ${n}`)),
  }).map(({ entry }) => entry);
  const known = new KnownRecords();
  for (const [at, record] of records.entries()) {
    assert.equal(known.has(record), false, `${at}`);
    known.add(record);
    for (const earlier of records.slice(0, at + 1)) {
      assert.equal(known.has(structuredClone(earlier)), true, `${at}`);
    }
  }
  assert.deepEqual(known.list, records);
});
