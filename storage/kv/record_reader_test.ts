import assert from "node:assert/strict";
import type { RecordQuery } from "../../engine/record_list.ts";
import type { KvFlagReader } from "./reader.ts";
import { MAX_SCANNED } from "./record_reader.ts";
import { assignment, event, execution } from "./testing/records.ts";
import { withReader } from "./testing/with_reader.ts";

/** Turns pages until there are no more. */
async function idsOf(
  reader: KvFlagReader,
  query: RecordQuery,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await reader.listRecords("flag", { ...query, cursor });
    ids.push(...page.records.map((record) => record.assignment_id));
    cursor = page.cursor;
    await between();
  } while (cursor !== null);
  return ids;
}

Deno.test("listRecords() lists each assignment once, the newest first, while more come", async () => {
  await withReader(async ({ reader, send }) => {
    const ids = Array.from({ length: 23 }, (_, n) => `a${n}`);
    for (let at = 0; at < ids.length; at += 5) {
      const assignments = ids.slice(at, at + 5).map((id) => assignment(id));
      await send({
        assignments: [
          ...assignments,
          assignment(`x${at}`, {
            flag_name: "another",
          }),
        ],
      });
    }
    let more = 0;
    for (const limit of [1, 4, 5, 23, 200]) {
      const list = await idsOf(reader, { limit }, async () => {
        await send({ assignments: [assignment(`more${more++}`)] });
      });
      assert.deepEqual(
        list.filter((id) => id.startsWith("a")),
        ids.toReversed(),
      );
      assert.equal(new Set(list).size, list.length);
    }
  });
});

Deno.test("listRecords() says what became of an assignment", async () => {
  await withReader(async ({ reader, send }) => {
    await send({
      assignments: [assignment("a", { user_id: "u" }), assignment("b")],
      executions: [
        execution("a", { latency_ms: 100, cost: 0.5 }),
        execution("a", { latency_ms: 50.5, cost: null, error: "first" }),
        execution("a", {
          latency_ms: null,
          cost: 0.25,
          error: "last",
          recorded_at: "2026-03-01T11:59:00Z",
        }),
      ],
      events: [
        event("a", "e1"),
        event("a", "e2", {
          event_type: "failure",
          created_at: "2026-03-01T11:30:00Z",
        }),
        event("a", "e3", { event_type: "custom", event_name: "edited" }),
      ],
    });
    const { records } = await reader.listRecords("flag");
    assert.deepEqual(records, [{
      assignment_id: "b",
      variant_name: "control",
      user_id: "user of b",
      session_id: "session",
      assigned_at: "2026-03-01T11:00:00.000Z",
      last_at: "2026-03-01T11:00:00.000Z",
      outcome: "none",
      overridden: false,
      executions: 0,
      errors: 0,
      error: null,
      events: 0,
      latency_ms: null,
      cost: null,
    }, {
      assignment_id: "a",
      variant_name: "control",
      user_id: "u",
      session_id: "session",
      assigned_at: "2026-03-01T11:00:00.000Z",
      last_at: "2026-03-01T11:59:00.000Z",
      outcome: "failure",
      overridden: false,
      executions: 3,
      errors: 2,
      error: "last",
      events: 1,
      latency_ms: 150.5,
      cost: 0.75,
    }]);
  });
});

Deno.test("listRecords() finds by variant, outcome, error, user and id", async () => {
  await withReader(async ({ reader, send }) => {
    const overridden = {
      user_id: "u",
      overridden: true,
      assigned_at: "2026-03-01T11:00:02Z",
    };
    await send({
      assignments: [
        assignment("a", { user_id: "u" }),
        assignment("b", {
          user_id: "v",
          variant_name: "concise",
          assigned_at: "2026-03-01T11:00:01Z",
        }),
        assignment("c", overridden),
        assignment("d", { flag_name: "another", user_id: "u" }),
      ],
      executions: [execution("a", { error: "timeout" })],
      events: [event("a", "e1"), event("b", "e2", { event_type: "failure" })],
    });
    const cases: [RecordQuery, string[]][] = [
      [{}, ["c", "b", "a"]],
      [{ variant: "concise" }, ["b"]],
      [{ outcome: "success" }, ["a"]],
      [{ outcome: "failure" }, ["b"]],
      [{ outcome: "none" }, ["c"]],
      [{ error: true }, ["a"]],
      [{ error: false }, ["c", "b"]],
      [{ user: "u" }, ["c", "a"]],
      [{ user: "u", error: true }, ["a"]],
      [{ user: "nobody" }, []],
      [{ assignmentId: "b" }, ["b"]],
      [{ assignmentId: "b", variant: "control" }, []],
      [{ assignmentId: "d" }, []],
      [{ assignmentId: "none" }, []],
    ];
    for (const [query, expected] of cases) {
      for (const limit of [1, 50]) {
        assert.deepEqual(await idsOf(reader, { ...query, limit }), expected);
      }
    }
  });
});

Deno.test("listRecords() lists all assignments of a user who has many", async () => {
  await withReader(async ({ kv, reader, send }) => {
    const ids = Array.from({ length: 150 }, () => crypto.randomUUID());
    for (let at = 0; at < ids.length; at += 50) {
      await send({
        assignments: ids.slice(at, at + 50).map((id) =>
          assignment(id, { user_id: "u" })
        ),
      });
    }
    const rows = await Array.fromAsync(kv.list({ prefix: ["u"] }));
    assert.equal(rows.length, 3, "sealed pages stand beside the row");
    for (const limit of [7, 200]) {
      assert.deepEqual(
        await idsOf(reader, { user: "u", limit }),
        ids.toReversed(),
      );
    }
  });
});

Deno.test("listRecords() looks at a bounded number of assignments for a page", async () => {
  await withReader(async ({ reader, send }) => {
    const count = MAX_SCANNED + 250;
    for (let at = 0; at < count; at += 250) {
      await send({
        assignments: Array.from(
          { length: 250 },
          (_, n) =>
            assignment(`a${at + n}`, {
              variant_name: at + n === 0 ? "rare" : "control",
            }),
        ),
      });
    }
    const first = await reader.listRecords("flag", { variant: "rare" });
    assert.deepEqual(first.records, []);
    assert.ok(first.cursor !== null);
    assert.deepEqual(await idsOf(reader, { variant: "rare" }), ["a0"]);
  });
});

Deno.test("listRecords() refuses a cursor that it did not give", async () => {
  await withReader(async ({ reader, send }) => {
    await send({ assignments: [assignment("a")] });
    for (const cursor of ["", "x", "f.1.0g.1", "u.1.1", "f.1e9.00.1"]) {
      await assert.rejects(reader.listRecords("flag", { cursor }), {
        name: "CursorError",
        message: `cursor must be one that this list gave, got "${cursor}"`,
      });
    }
  });
});

Deno.test("readStory() gives the records as they were sent", async () => {
  await withReader(async ({ reader, send }) => {
    const sent = {
      assignments: [assignment("a", {
        config_json: { model: "gpt", deep: { t: [1, null] } },
        flag_json: { rollout_pct: 50, variants: [["control", 1]] },
      })],
      executions: [execution("a", {
        execution_id: "x",
        ttft_ms: 20,
        model: "gpt",
        metadata_json: { prompt: "Hi" },
        flag_name: "flag",
      })],
      events: [event("a", "e1", {
        event_type: "custom",
        event_name: "rated",
        value: 4.5,
        payload_json: { stars: "★" },
      })],
    };
    const orphan = execution("b", { flag_name: "flag" });
    await send({ ...sent, executions: [...sent.executions, orphan] });
    const story = await reader.readStory("a");
    const [{ flag_name: _, ...call } = { flag_name: "" }] = sent.executions;
    assert.deepEqual(story, {
      assignment: {
        ...sent.assignments[0],
        assigned_at: "2026-03-01T11:00:00.000001Z",
      },
      outcome: "none",
      executions: [{ ...call, recorded_at: "2026-03-01T11:01:00.000Z" }],
      events: [{ ...sent.events[0], created_at: "2026-03-01T11:02:00.000Z" }],
    });
    assert.equal((await reader.readStory("b"))?.assignment, null);
    assert.equal((await reader.readStory("b"))?.executions.length, 1);
    assert.equal(await reader.readStory("none"), null);
  });
});
