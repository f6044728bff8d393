import assert from "node:assert/strict";
import { join } from "node:path";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  IngestResult,
} from "../../engine/records.ts";
import { addDeltas } from "../../storage/kv/add_deltas.ts";
import { TOTALS } from "../../storage/kv/fields.ts";
import { addSum, FlagCounters } from "../../storage/kv/flag_counters.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

const CLIENTS = 16;
const USERS = 400;
const BATCHES = 40;
/** Once for all: a record that is sent again is the same to the last field. */
const START = Date.now() - 60_000;

interface Batch {
  readonly assignments: AssignmentRecord[];
  readonly executions: ExecutionRecord[];
  readonly events: EventRecord[];
}

/** The story of one user: an assignment, three calls, an outcome or two. */
function storyOf(n: number): Batch {
  const id = `assignment-${n}`;
  const at = new Date(START + n).toISOString();
  return {
    assignments: [{
      assignment_id: id,
      flag_name: "crash",
      variant_name: n % 3 === 0 ? "a" : "b",
      user_id: `user-${n % 300}`,
      session_id: "",
      config_json: { n: n % 3 },
      assigned_at: at,
    }],
    executions: [0, 1, 2].map((call) => ({
      assignment_id: id,
      latency_ms: n + call * 1000,
      input_tokens: call === 0 ? null : n,
      output_tokens: call,
      cost: n / 1000,
      error: call === 2 && n % 5 === 0 ? "timeout" : null,
      metadata_json: {},
      recorded_at: at,
    })),
    events: [{
      event_id: `event-${n}`,
      assignment_id: id,
      event_type: n % 4 === 0 ? "failure" : "success",
      event_name: "",
      payload_json: {},
      created_at: at,
    }],
  };
}

/** Batches that overlap: every story is in several, of several clients. */
function batchesOf(client: number): Batch[] {
  return Array.from({ length: BATCHES }, (_, at) => {
    const stories = Array.from(
      { length: 20 },
      (_, n) => storyOf((client * 7 + at * 13 + n * 3) % USERS),
    );
    return {
      assignments: stories.flatMap(({ assignments }) => assignments),
      executions: stories.flatMap(({ executions }) => executions).reverse(),
      events: stories.flatMap(({ events }) => events),
    };
  });
}

/** Sends a batch; null when the server did not answer. */
async function send(url: string, batch: Batch): Promise<IngestResult | null> {
  try {
    const response = await fetch(`${url}/api/v1/ingest`, {
      method: "POST",
      body: JSON.stringify(batch),
    });
    const result = await response.json();
    return response.status === 200 ? result : null;
  } catch {
    return null;
  }
}

Deno.test("sixteen clients, a kill -9 and a restart leave every counter exact", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const clients = Array.from({ length: CLIENTS }, (_, n) => batchesOf(n));
    const server = await startServer(path);
    let [answered, unanswered] = [0, 0];
    let kill: Promise<unknown> = Promise.resolve();
    await Promise.all(clients.map(async (batches) => {
      for (const batch of batches) {
        if (await send(server.url, batch) === null) unanswered++;
        else if (++answered === CLIENTS * BATCHES / 4) {
          kill = server.stop("SIGKILL");
        }
      }
    }));
    await kill;
    assert.ok(answered > 0 && unanswered > 0, `${answered}, ${unanswered}`);

    const again = await startServer(path);
    await Promise.all(clients.map(async (batches) => {
      for (const batch of batches) {
        assert.deepEqual((await send(again.url, batch))?.rejected, []);
      }
    }));
    const response = await fetch(`${again.url}/api/v1/flags/crash`);
    const evaluation: FlagEvaluation = await response.json();
    assert.deepEqual(
      evaluation.variants.map(figuresOf),
      ["a", "b"].map(
        expectedOf,
      ),
    );
    // The server goes on while its ledger is recounted.
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
    assert.match(output, /^2000 records of 400 assignments, 0 without/);
    assert.equal((await again.stop("SIGTERM")).code, 0);
  });
});

function figuresOf(variant: FlagEvaluation["variants"][number]): unknown[] {
  return [
    variant.variant_name,
    variant.users,
    variant.assignments,
    variant.executions,
    variant.successes,
    variant.failures,
    variant.errors,
    variant.avg_latency_ms?.toFixed(6),
    variant.total_cost?.toFixed(6),
    variant.total_input_tokens,
    variant.input_tokens_count,
  ];
}

function expectedOf(name: string): unknown[] {
  const stories = Array.from({ length: USERS }, (_, n) => storyOf(n))
    .filter(({ assignments }) => assignments[0]?.variant_name === name);
  const assignments = stories.flatMap((story) => story.assignments);
  const executions = stories.flatMap((story) => story.executions);
  const events = stories.flatMap((story) => story.events);
  const sum = (values: (number | null)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const known = executions.filter(({ input_tokens }) => input_tokens !== null);
  return [
    name,
    new Set(assignments.map(({ user_id }) => user_id)).size,
    assignments.length,
    executions.length,
    events.filter(({ event_type }) => event_type === "success").length,
    events.filter(({ event_type }) => event_type === "failure").length,
    executions.filter(({ error }) => error !== null).length,
    (sum(executions.map(({ latency_ms }) => latency_ms)) / executions.length)
      .toFixed(6),
    sum(executions.map(({ cost }) => cost)).toFixed(6),
    sum(known.map(({ input_tokens }) => input_tokens)),
    known.length,
  ];
}

Deno.test("two servers on one file count what both are sent once", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const first = await startServer(path);
    const second = await startServer(path);
    const clients = Array.from({ length: 8 }, (_, n) => batchesOf(n));
    let accepted = 0;
    await Promise.all(clients.map(async (batches, n) => {
      const { url } = n % 2 === 0 ? first : second;
      for (const batch of batches) {
        const result = await send(url, batch);
        assert.ok(result !== null, "a server did not take a batch");
        accepted += result.accepted;
      }
    }));
    assert.equal(accepted, USERS * 5);
    const response = await fetch(`${second.url}/api/v1/flags/crash`);
    const evaluation: FlagEvaluation = await response.json();
    const expected = ["a", "b"].map(expectedOf);
    assert.deepEqual(evaluation.variants.map(figuresOf), expected);
    await Promise.all([first.stop("SIGTERM"), second.stop("SIGTERM")]);
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
  });
});

Deno.test("SIGTERM lets requests in flight finish and commit", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    const sent = Array.from(
      { length: 40 },
      (_, n) => send(server.url, storyOf(n)),
    );
    // Until the first answer, all the others are under way.
    await Promise.race(sent);
    const status = server.stop("SIGTERM");
    const answered = (await Promise.all(sent)).filter((r) => r !== null).length;
    assert.equal((await status).code, 0);
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
    const [records = "0"] = /^\d+/.exec(output) ?? [];
    assert.ok(answered > 0);
    assert.equal(Number(records), answered * 5);
  });
});

Deno.test("verify exits with 1 and names the counter that is wrong", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    await send(server.url, storyOf(1));
    await server.stop("SIGTERM");
    const kv = await Deno.openKv(path);
    const counters = new FlagCounters();
    addSum(counters.fields("total", "b", ""), TOTALS + 1, 1);
    const atomic = kv.atomic();
    addDeltas(atomic, "crash", counters.segments());
    await atomic.commit();
    kv.close();
    const { code, output } = await runVerify(path);
    assert.equal(code, 1);
    assert.match(
      output,
      /^MISMATCH \["crash","total","b","executions"\]: the records add up to 3, the counter says 4\n/,
    );
  });
});
