import assert from "node:assert/strict";
import { accept, lab, zero } from "./testing/lab.ts";
import { until } from "./testing/until.ts";

Deno.test("HttpStorage sends soon what is long, in requests of no more than batchBytes", async () => {
  const { storage, batches, save } = lab(accept, { batchBytes: 10_000 });
  save(1);
  const json = `{"event_id":"${"é".repeat(4_000)}"}`;
  storage.save({ kind: "events", json, micros: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(batches.length, 0);
  storage.save({ kind: "events", json, micros: 2 });
  storage.save({ kind: "events", json, micros: 3 });
  await until(() => batches.length === 1);
  await storage.flush();
  assert.deepEqual(batches.map(({ events }) => events.length), [2, 1, 1]);
  await storage.shutdown();
});

Deno.test("HttpStorage has waitUntil wait for each record's delivery, once for many", async () => {
  const deliveries: Promise<void>[] = [];
  const { storage, save } = lab(accept, {
    waitUntil: (delivery) => deliveries.push(delivery),
  });
  save(3);
  assert.equal(deliveries.length, 1);
  await deliveries[0];
  assert.deepEqual(storage.stats(), { ...zero, sent: 3 });
  save(1);
  assert.equal(deliveries.length, 2);
  await deliveries[1];
  assert.deepEqual(storage.stats(), { ...zero, sent: 4 });
  await storage.shutdown();
});

Deno.test("HttpStorage bears a waitUntil that throws", async () => {
  const { storage, save } = lab(accept, {
    waitUntil() {
      throw new Error("outside of a request");
    },
  });
  save(1);
  await storage.shutdown();
  assert.deepEqual(storage.stats(), { ...zero, sent: 1 });
});

Deno.test("HttpStorage sends 60,000 bytes that outlive the page when it is hidden", async () => {
  const { storage, batches, keepalive, save } = lab(accept);
  const json = `{"event_id":"${"é".repeat(20_000)}"}`;
  storage.save({ kind: "events", json, micros: 1 });
  storage.save({ kind: "events", json, micros: 2 });
  save(1);
  storage.onHide();
  await until(() => storage.stats().sent === 1);
  assert.equal(batches[0]?.events.length, 1);
  await storage.shutdown();
  assert.deepEqual(keepalive, [true, false]);
  assert.deepEqual(storage.stats(), { ...zero, sent: 3 });
});
