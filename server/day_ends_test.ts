import assert from "node:assert/strict";
import { assignment } from "../storage/kv/testing/records.ts";
import { DayEnds } from "./day_ends.ts";
import { readDailyEffects } from "./daily_effects.ts";
import { ingest } from "./ingest.ts";
import { NOW, post, withService } from "./testing/with_service.ts";

Deno.test("DayEnds keeps a flag before the first assignment of a later day", async () => {
  const kept: string[] = [];
  let now = Date.parse("2026-03-05T12:00:00Z");
  const ends = new DayEnds(
    (flag) => Promise.resolve(kept.push(flag)),
    () => now,
  );
  const come = (flag_name: string, assigned_at: string): Promise<void> =>
    ends.before([assignment("a", { flag_name, assigned_at })]);
  await come("one", "2026-03-01T23:00:00Z");
  await come("one", "2026-03-01T23:59:59Z");
  assert.deepEqual(kept, []);
  await come("two", "2026-03-02T00:00:00Z");
  assert.deepEqual(kept, []);
  await come("one", "2026-03-02T01:00:00+01:00");
  assert.deepEqual(kept, ["one"]);
  await come("one", "2026-03-01T12:00:00Z");
  await come("one", "2026-03-02T12:00:00Z");
  assert.deepEqual(kept, ["one"]);
  await come("one", "2026-03-05T12:00:00Z");
  assert.deepEqual(kept, ["one", "one"]);
  // A wrong clock ends no days to come.
  await come("one", "2099-01-01T00:00:00Z");
  assert.deepEqual(kept, ["one", "one"]);
  now += 86_400_000;
  await come("one", "2026-03-06T12:00:00Z");
  assert.deepEqual(kept, ["one", "one", "one"]);
});

Deno.test("a batch is taken where the end of a day cannot be kept", async () => {
  let tries = 0;
  const ends = new DayEnds(
    () => {
      tries++;
      return Promise.reject(new Error("locked"));
    },
    () => Date.parse("2026-05-01T00:00:00Z"),
  );
  const { error } = console;
  console.error = () => {};
  try {
    await ends.before([assignment("a")]);
    await ends.before([
      assignment("a", { assigned_at: "2026-04-01T00:00:00Z" }),
    ]);
  } finally {
    console.error = error;
  }
  assert.equal(tries, 1);
});

Deno.test("records of past days that come in their order have an effect for each day", async () => {
  await withService(async (service) => {
    for (const day of [20, 21, 23]) {
      const assignments = ["control", "treatment"].flatMap((variant_name) =>
        Array.from(
          { length: 5 },
          (_, n) =>
            assignment(`${day}-${variant_name}-${n}`, {
              variant_name,
              assigned_at: `2026-02-${day}T0${n}:00:00Z`,
            }),
        )
      );
      const answer = await ingest(
        service,
        post("/api/v1/ingest", { assignments }),
        null,
      );
      assert.equal(answer.status, 200);
    }
    const effect = await readDailyEffects(
      service.reader,
      "flag",
      new URLSearchParams(),
      { from: 0, to: NOW + 1 },
      NOW,
    );
    assert.ok(effect !== null && typeof effect === "object");
    const [variant] = effect.variants;
    assert.deepEqual(
      variant?.points.map(({ time, users }) => [
        new Date(time).toISOString().slice(0, 16),
        users,
      ]),
      [
        ["2026-02-20T04:00", 10],
        ["2026-02-21T04:00", 20],
        ["2026-03-01T12:00", 30],
      ],
    );
  });
});
