import assert from "node:assert/strict";
import fc from "fast-check";
import type { Incoming } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { REMOTE_LIMITS } from "./limits.ts";
import { assertVerified, countersOf } from "./testing/counters.ts";
import { faultyKv } from "./testing/faulty_kv.ts";
import type { Fault } from "./testing/faulty_kv.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";

const options = {
  limits: TEST_LIMITS,
  pause: () => Promise.resolve(),
};

/** Records of few assignments, users, variants and times, so that they meet. */
const record: fc.Arbitrary<Incoming> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  event: fc.constantFrom("1", "2", "3"),
  kind: fc.constantFrom("assignment", "execution", "legacy", "event"),
}).map(({ id, event: number, kind }) => {
  // An id always comes with the same fields: what is sent twice is the same.
  // Under `a` everything happens at one time, and the ids decide.
  const second = (id === "a" ? 0 : number.charCodeAt(0) % 3) + 30;
  const time = new Date(Date.UTC(2026, 2, 1, 11, 0, second)).toISOString();
  const batch = kind === "assignment"
    ? {
      assignments: [assignment(id, {
        variant_name: id < "c" ? "control" : "concise",
        user_id: id === "a" || id === "c" ? "u" : "v",
        overridden: id === "d",
        flag_json: {
          rollout_pct: 100,
          variants: id < "c" ? [["control", 1]] : [["concise", 2]],
        },
        assigned_at: `2026-03-01T11:00:0${id.charCodeAt(0) % 7}Z`,
      })],
    }
    : kind === "event"
    ? {
      events: [event(id, `${id}${number}`, {
        event_type: number === "1"
          ? "success"
          : number === "2"
          ? "failure"
          : "custom",
        event_name: number === "3" ? "edited" : "",
        value: id === "a" ? -1.5 : id === "b" ? 2.000001 : null,
        created_at: id === "b" ? `203${number}-01-01T00:00:00Z` : time,
      })],
    }
    : {
      executions: [execution(id, {
        latency_ms: number === "1" ? null : Number(number) * 100.26,
        cost: number === "2" ? null : Number(number) * 3.3,
        error: number === "3" ? "timeout" : null,
        ttft_ms: number === "3" ? 40.04 : null,
        flag_name: id === "b" ? "hinted" : "flag",
        recorded_at: time,
        ...(kind === "legacy" ? {} : { execution_id: `${id}${number}` }),
      })],
    };
  const [made] = incoming(batch);
  if (made === undefined) throw new Error("No record was made");
  return made;
});

const faults = fc.array(
  fc.constantFrom<Fault>(
    "none",
    "none",
    "locked",
    "unanswered",
    "conflict",
    "broken",
  ),
  { maxLength: 12 },
);

Deno.test("ingest() keeps every counter equal to a recount, whatever the order, the faults and the writers", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          writer: fc.nat(1),
          records: fc.array(record, { maxLength: 8 }),
        }),
        { maxLength: 8 },
      ),
      faults,
      fc.boolean(),
      async (batches, plan, remote) => {
        await withKv(async (kv) => {
          const limits = remote
            ? { ...REMOTE_LIMITS, checks: 5, bytes: 40_000 }
            : TEST_LIMITS;
          const faulty = faultyKv(kv, [...plan]);
          const writers = [0, 1].map(() =>
            new Ledger(faulty, { ...options, limits, foldAfter: 2 })
          );
          const send = async (): Promise<boolean> => {
            const sent = await Promise.allSettled(
              batches.map(({ writer, records }) =>
                writers[writer]?.ingest(records, 0)
              ),
            );
            return sent.every(({ status }) => status === "fulfilled");
          };
          // Each sending that fails has used up at least one fault.
          let sendings = 1;
          while (!await send()) assert.ok(sendings++ <= plan.length);
          // What did not fail is sent again, too.
          assert.ok(await send());
          await assertVerified(kv);
          // The counters must not depend on the way that led to them.
          const plain = await Deno.openKv(":memory:");
          try {
            const one = new Ledger(plain, options);
            for (const { records } of batches) {
              for (const single of records) await one.ingest([single], 0);
            }
            assert.deepEqual(await countersOf(kv), await countersOf(plain));
          } finally {
            plain.close();
          }
        });
      },
    ),
    { numRuns: 150 },
  );
});
