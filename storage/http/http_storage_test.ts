import assert from "node:assert/strict";
import fc from "fast-check";
import { accept, type Answer, lab, zero } from "./testing/lab.ts";
import { until } from "./testing/until.ts";

Deno.test("HttpStorage sends nothing while save() runs, and 50 records soon after", async () => {
  const { storage, batches, save } = lab(accept);
  save(49);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(batches.length, 0);
  save(1);
  assert.equal(batches.length, 0);
  await until(() => storage.stats().sent === 50);
  assert.equal(batches[0]?.events.length, 50);
  await storage.shutdown();
});

Deno.test("HttpStorage sends fewer records after the interval", async () => {
  const { storage, save } = lab(accept, { intervalMs: 5 });
  save(3);
  await until(() => storage.stats().sent === 3);
  await storage.shutdown();
});

Deno.test("HttpStorage has one request under way and loses no order", async () => {
  let open = 0;
  let most = 0;
  const { storage, batches, save } = lab(async (batch, call) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 2));
    open--;
    return accept(batch, call);
  }, { batchSize: 5 });
  for (let i = 0; i < 20; i++) {
    save(7);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await storage.flush();
  assert.equal(most, 1);
  assert.deepEqual(storage.stats(), { ...zero, sent: 140 });
  const ids = batches.flatMap(({ events }) =>
    events.map(({ event_id }) => Number(event_id))
  );
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  await storage.shutdown();
});

Deno.test("HttpStorage sends the same records again until they are taken", async () => {
  const { storage, batches, save, codes } = lab((batch, call) =>
    call < 3 ? new Response(null, { status: 500 }) : accept(batch, call)
  );
  save(10);
  await storage.flush();
  assert.equal(batches.length, 3);
  assert.deepEqual(batches[2], batches[0]);
  assert.deepEqual(storage.stats(), { ...zero, sent: 10, retried: 20 });
  assert.deepEqual(codes(), ["delivery_failed", "delivery_failed"]);
  await storage.shutdown();
});

Deno.test("HttpStorage's flush() gives up after three attempts", async () => {
  const { storage, batches, save } = lab(
    () => new Response(null, { status: 500 }),
  );
  // More than a batch, so that the timer tries as well.
  save(60);
  await storage.flush();
  assert.equal(batches.length, 3);
  assert.equal(storage.stats().queued, 60);
  await storage.shutdown(0);
});

Deno.test("HttpStorage goes on trying after a flush that gave up", async () => {
  let up = false;
  const { storage, save } = lab(
    (batch, call) =>
      up ? accept(batch, call) : new Response(null, { status: 503 }),
    { intervalMs: 1 },
  );
  save(1);
  await storage.flush();
  assert.equal(storage.stats().queued, 1);
  up = true;
  await until(() => storage.stats().sent === 1);
  await storage.shutdown();
});

Deno.test("HttpStorage leaves a server alone for as long as Retry-After says", async () => {
  const { storage, batches, save } = lab(() =>
    new Response(null, { status: 429, headers: { "Retry-After": "60" } })
  );
  save(1);
  await storage.flush();
  // 60 seconds are more than flush() may take: it does not wait for them.
  await storage.flush();
  assert.equal(batches.length, 1);
  await storage.shutdown();
  assert.deepEqual(storage.stats(), { ...zero, dropped: 1, retried: 1 });
});

Deno.test("HttpStorage keeps records for a key that may be mended, and flush() does not wait for it", async () => {
  const { storage, batches, reports, save } = lab(
    () => Response.json({ detail: "wrong key" }, { status: 401 }),
    {
      // However long it may take.
      flushTimeoutMs: 100_000,
    },
  );
  save(3);
  const start = performance.now();
  await storage.flush();
  await storage.flush();
  assert.ok(performance.now() - start < 2_000);
  assert.equal(batches.length, 1);
  assert.deepEqual(storage.stats(), { ...zero, queued: 3, retried: 3 });
  assert.deepEqual(
    reports.map(({ code, message }) => [code, message]),
    [[
      "delivery_blocked",
      "Cannot deliver 3 records to http://lab.example, will try again: " +
      "status 401: wrong key. Mend the option apiKey",
    ]],
  );
  await storage.shutdown();
});

Deno.test("HttpStorage reports a wrong key once, keeps the latest records, and sends them once it is right", async () => {
  const statuses = [403, 403, 403, 200, 404, 404];
  const { storage, batches, reports, save } = lab((batch, call) => {
    const status = statuses[call - 1] ?? 200;
    return status === 200 ? accept(batch, call) : new Response(null, {
      status,
      // For the test alone: without it, the next request is 30 s away.
      headers: { "Retry-After": "0" },
    });
  }, { maxQueue: 5 });
  const attempts = async (count: number): Promise<void> => {
    while (batches.length < count) {
      await storage.flush();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  save(4);
  await attempts(2);
  save(4);
  await attempts(4);
  assert.deepEqual(
    storage.stats(),
    { ...zero, sent: 5, dropped: 3, retried: 4 + 4 + 5 },
  );
  save(1);
  await attempts(7);
  assert.equal(storage.stats().sent, 6);
  assert.deepEqual(
    reports.map(({ code, message }) => [
      code,
      /Mend the option (\w+)$/.exec(message)?.[1],
    ]),
    [
      ["delivery_blocked", "apiKey"],
      ["records_dropped", undefined],
      ["delivery_blocked", "server"],
    ],
  );
  await storage.shutdown();
});

Deno.test("HttpStorage drops and reports what is refused for good", async () => {
  const { storage, batches, reports, drops, save } = lab(() =>
    Response.json({ detail: "no JSON" }, { status: 400 })
  );
  save(3);
  await storage.flush();
  assert.equal(batches.length, 1);
  assert.deepEqual(storage.stats(), { ...zero, dropped: 3 });
  save(1);
  await storage.flush();
  assert.deepEqual(
    reports.map(({ code, count, message }) => [code, count, message]),
    ["3 records", "1 record"].map((records, index) => [
      "delivery_refused",
      [3, 1][index],
      `http://lab.example refused ${records}, now dropped: status 400: no JSON`,
    ]),
  );
  assert.deepEqual(drops, [
    { reason: "refused", count: 3 },
    { reason: "refused", count: 1 },
  ]);
  await storage.shutdown();
});

Deno.test("HttpStorage counts and reports rejected records and duplicates", async () => {
  const { storage, reports, save } = lab(() =>
    Response.json({
      accepted: 2,
      duplicates: 3,
      rejected: [{ kind: "events", index: 4, field: "f", message: "bad" }],
    })
  );
  save(6);
  await storage.flush();
  assert.deepEqual(storage.stats(), {
    ...zero,
    sent: 2,
    duplicates: 3,
    rejected: 1,
  });
  assert.equal(reports[0]?.code, "records_rejected");
  await storage.shutdown();
});

Deno.test("HttpStorage halves what is too large, and drops what is too large alone", async () => {
  const { storage, batches, save, codes } = lab((batch, call) =>
    batch.events.length > 3 || batch.events.some((e) => e.event_id === "big")
      ? new Response(null, { status: 413 })
      : accept(batch, call)
  );
  save(10);
  storage.save({ kind: "events", json: '{"event_id":"big"}', micros: 1 });
  save(3);
  await storage.flush();
  assert.deepEqual(storage.stats(), { ...zero, sent: 13, dropped: 1 });
  assert.deepEqual(codes(), ["delivery_refused"]);
  assert.deepEqual(batches.slice(0, 3).map((b) => b.events.length), [14, 7, 4]);
  await storage.shutdown();
});

Deno.test("HttpStorage keeps at most maxQueue records and counts the dropped", async () => {
  const { storage, reports, drops, save } = lab(
    () => new Response(null, { status: 500 }),
    { maxQueue: 100 },
  );
  save(1_000);
  assert.deepEqual(storage.stats(), { ...zero, queued: 100, dropped: 900 });
  await storage.flush();
  const dropped = reports.filter(({ code }) => code === "records_dropped");
  assert.deepEqual(dropped.map(({ count }) => count), [900]);
  assert.equal(storage.stats().retried, 300);
  await storage.shutdown(0);
  assert.deepEqual(storage.stats(), {
    ...zero,
    dropped: 1_000,
    retried: 300,
  });
  assert.deepEqual(drops, [
    { reason: "queue_full", count: 900 },
    { reason: "shutdown", count: 100 },
  ]);
});

Deno.test("HttpStorage keeps at most 16 million characters", async () => {
  const { storage } = lab(() => new Response(null, { status: 500 }));
  const json = `{"event_id":"${"x".repeat(100_000)}"}`;
  for (let i = 0; i < 500; i++) {
    storage.save({ kind: "events", json, micros: i });
  }
  assert.ok(storage.stats().queued <= 160);
  assert.equal(storage.stats().queued + storage.stats().dropped, 500);
  await storage.shutdown(0);
});

Deno.test("HttpStorage's shutdown() tries for as long as it may, since it drops what is left", async () => {
  const { storage, batches, save } = lab((batch, call) =>
    call < 5 ? new Response(null, { status: 503 }) : accept(batch, call)
  );
  save(2);
  await storage.shutdown();
  assert.equal(batches.length, 5);
  assert.deepEqual(storage.stats(), { ...zero, sent: 2, retried: 8 });
});

Deno.test("HttpStorage's flush() waits no longer than it may", async () => {
  const { storage, save } = lab(() => new Promise<Response>(() => {}));
  save(2);
  await storage.flush(10);
  assert.equal(storage.stats().queued, 2);
  await storage.shutdown(10);
  assert.deepEqual(storage.stats(), { ...zero, dropped: 2 });
});

Deno.test("HttpStorage's flush() waits for the records before it alone", async () => {
  const { storage, save } = lab((batch, call) => {
    // More come in at every request: a flush of everything would never end.
    if (call < 1_000) save(1);
    return accept(batch, call);
  });
  save(1);
  await storage.flush();
  assert.equal(storage.stats().sent, 1);
  assert.equal(storage.stats().queued, 1);
  await storage.shutdown();
});

Deno.test("HttpStorage takes nothing after shutdown() and says so once", async () => {
  const { storage, save, codes } = lab(accept);
  save(1);
  await storage.shutdown();
  save(3);
  assert.deepEqual(storage.stats(), { ...zero, sent: 1, dropped: 3 });
  assert.deepEqual(codes(), ["records_dropped"]);
});

Deno.test("HttpStorage has each record in one count, whatever the server answers", async () => {
  const answers: readonly Answer[] = [
    accept,
    () => new Response(null, { status: 400 }),
    () => new Response(null, { status: 413 }),
    () => Promise.reject(new TypeError("refused")),
    () => Response.json({ accepted: 900, duplicates: 900, rejected: [] }),
    () => Response.json({ accepted: 0, duplicates: 0, rejected: [{}, null] }),
    ({ events }) =>
      Response.json({ accepted: 0, duplicates: events.length, rejected: [] }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 6 })), {
        minLength: 1,
      }),
      async (steps) => {
        let turn = 0;
        const { storage, save } = lab((batch, call) => {
          const [, index] = steps[turn++ % steps.length] ?? [0, 0];
          return (answers[index] ?? accept)(batch, call);
        }, { maxQueue: 60 });
        let total = 0;
        for (const [count] of steps) {
          save(count);
          total += count;
          await storage.flush(5);
          const { queued, sent, duplicates, rejected, dropped } = storage
            .stats();
          assert.equal(queued + sent + duplicates + rejected + dropped, total);
          assert.ok(queued <= 60);
        }
        await storage.shutdown(5);
        assert.equal(storage.stats().queued, 0);
      },
    ),
    { numRuns: 25 },
  );
});
