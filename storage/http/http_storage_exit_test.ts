import assert from "node:assert/strict";
import { accept, type Answer, lab, zero } from "./testing/lab.ts";
import { until } from "./testing/until.ts";

function hang(): Promise<Response> {
  return new Promise(() => {});
}

function after(ms: number, answer: Answer): Answer {
  return async (batch, call) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return await answer(batch, call);
  };
}

Deno.test("HttpStorage sends again what a hidden page could not", async () => {
  // The request fails when the interval is over, and its timer gone.
  const fail = after(30, () => Promise.reject(new TypeError("refused")));
  const { storage, keepalive, save } = lab(
    (batch, call) => call === 1 ? fail(batch, call) : accept(batch, call),
    { intervalMs: 5 },
  );
  save(2);
  storage.onHide();
  await until(() => storage.stats().sent === 2);
  assert.deepEqual(keepalive, [true, false]);
  await storage.shutdown();
});

Deno.test("HttpStorage sends again what a hidden page could not beside a request", async () => {
  const fail = after(30, () => Promise.reject(new TypeError("refused")));
  const { storage, keepalive, save } = lab(
    (batch, call) =>
      call === 2 ? fail(batch, call) : after(5, accept)(batch, call),
    { intervalMs: 5 },
  );
  save(1);
  await until(() => keepalive.length === 1);
  // No timer is set: there was a request under way, and then nothing to send.
  save(1);
  storage.onHide();
  await until(() => storage.stats().sent === 2);
  assert.deepEqual(keepalive, [false, true, false]);
  await storage.shutdown();
});

Deno.test("HttpStorage's flush() waits for what was sent when the page was hidden", async () => {
  const { storage, batches, save } = lab(after(5, accept));
  save(2);
  storage.onHide();
  await storage.flush(1_000);
  assert.deepEqual(storage.stats(), { ...zero, sent: 2 });
  assert.equal(batches.length, 1);
  await storage.shutdown();
});

Deno.test("HttpStorage's shutdown() drops what a hidden page is still sending", async () => {
  const { storage, batches, save } = lab(hang, { intervalMs: 1 });
  save(2);
  storage.onHide();
  await storage.shutdown(0);
  assert.deepEqual(storage.stats(), { ...zero, dropped: 2 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(batches.length, 1);
  assert.deepEqual(storage.stats(), { ...zero, dropped: 2 });
});

Deno.test("HttpStorage's shutdown() keeps to flushTimeoutMs while a request hangs", async () => {
  const { storage, save, codes } = lab(hang, { flushTimeoutMs: 20 });
  save(2);
  const start = performance.now();
  await storage.shutdown();
  // The request itself would be given up after ten seconds.
  assert.ok(performance.now() - start < 8_000);
  assert.deepEqual(storage.stats(), { ...zero, dropped: 2 });
  assert.deepEqual(codes(), ["records_dropped"]);
});
