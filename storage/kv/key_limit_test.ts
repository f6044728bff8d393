import assert from "node:assert/strict";
import type { IngestBatch } from "../../engine/records.ts";
import { incomingOf } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import type { Verdict } from "./story.ts";
import {
  assignment,
  event,
  execution,
  RECEIVED_AT,
} from "./testing/records.ts";
import { verify } from "./verify.ts";

type Send = (
  batch: Partial<IngestBatch>,
  flagPrefix?: string | null,
) => Promise<Verdict[]>;

async function withLedger(
  use: (send: Send, reader: KvFlagReader) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  const none = { assignments: [], executions: [], events: [] };
  try {
    await use(
      (batch, flagPrefix = null) =>
        ledger.ingest(
          incomingOf({ ...none, ...batch }, RECEIVED_AT, flagPrefix),
          0,
        ),
      new KvFlagReader(kv, () => RECEIVED_AT),
    );
    assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, []);
  } finally {
    await ledger.drain();
    kv.close();
  }
}

const ours = { flag_name: "team-a/x" };
const theirs = { flag_name: "team-b/y", user_id: "their user" };

Deno.test("a limited key sends assignments of its own flags alone, each with a verdict of its own", async () => {
  await withLedger(async (send) => {
    const verdicts = await send(
      { assignments: [assignment("a", ours), assignment("b", theirs)] },
      "team-a/",
    );
    assert.deepEqual(verdicts, ["accepted", {
      field: "flag_name",
      message:
        'must be a flag that begins with "team-a/", as the key is limited to, got "team-b/y"',
    }]);
  });
});

Deno.test("a limited key is told nothing of an assignment to another's flag", async () => {
  await withLedger(async (send) => {
    await send({ assignments: [assignment("b", theirs)] });
    const refusal = {
      field: "assignment_id",
      message:
        'must be of an assignment to a flag that begins with "team-a/", as the key is limited to, got one to another',
    };
    assert.deepEqual(
      await send({
        assignments: [assignment("b", ours)],
        executions: [execution("b"), execution("b", ours)],
        events: [event("b", "e")],
      }, "team-a/"),
      [refusal, refusal, refusal, refusal],
    );
  });
});

Deno.test("what a limited key sends before the assignment counts when that is of its flags, and nowhere else", async () => {
  await withLedger(async (send, reader) => {
    for (const id of ["a", "b"]) {
      const early = {
        executions: [execution(id)],
        events: [
          event(id, "e", { created_at: "2026-03-01T11:30:00Z" }),
          event(id, "c", { event_type: "custom", event_name: "rated" }),
        ],
      };
      assert.deepEqual(await send(early, "team-a/"), [
        "accepted",
        "accepted",
        "accepted",
      ]);
    }
    await send({
      assignments: [assignment("a", ours), assignment("b", theirs)],
      events: [event("b", "own", { event_type: "failure" })],
    });
    const figures = async (flag: string): Promise<unknown> => {
      const [variant] = (await reader.evaluateFlag(flag))?.variants ?? [];
      return [
        variant?.executions,
        variant?.successes,
        variant?.failures,
        Object.keys(variant?.custom_events ?? {}),
      ];
    };
    assert.deepEqual(await figures("team-a/x"), [1, 1, 0, ["rated"]]);
    assert.deepEqual(await figures("team-b/y"), [0, 0, 1, []]);
    const story = await reader.readStory("b");
    assert.equal(story?.outcome, "failure");
  });
});

Deno.test("nobody says for themselves what their key is limited to", async () => {
  await withLedger(async (send, reader) => {
    const forged = { key_flag_prefix: "" };
    const others = { key_flag_prefix: "z" };
    await send({ events: [{ ...event("b", "e"), ...forged }] }, "team-a/");
    await send({ events: [{ ...event("b", "f"), ...others }] });
    await send({ assignments: [assignment("b", theirs)] });
    const [variant] = (await reader.evaluateFlag("team-b/y"))?.variants ?? [];
    assert.equal(variant?.successes, 1);
    const story = await reader.readStory("b");
    assert.ok(!JSON.stringify(story?.events[1]).includes("key_flag_prefix"));
  });
});
