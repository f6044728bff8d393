import assert from "node:assert/strict";
import { join } from "node:path";
import { taskPermissions } from "../../server/permissions.ts";
import { counterName } from "../../storage/kv/counter_names.ts";
import { readCounters } from "../../storage/kv/counters.ts";
import { sketchPrefix, timePrefix } from "../../storage/kv/segment_keys.ts";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { runTask } from "../processes/run_task.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

const FLAGS = ["plain", 'a "quoted", flag\nof two lines'];

/** Fills a server with records of all kinds, odd ones among them. */
async function fill({ url }: RunningServer): Promise<number> {
  const ids = Array.from({ length: 60 }, (_, n) => `id-${n}`);
  const ahead = "2126-01-01T00:00:00Z";
  const batch = {
    assignments: ids.map((id, n) => ({
      ...assignment(id, {
        flag_name: FLAGS[n % 2] ?? "",
        user_id: `user,"${n % 20}"\n`,
        config_json: { prompt: 'say "hi",\r\nthen stop', n: n % 3 },
        flag_json: { rollout_pct: 50, variants: [["control", 50]] },
        overridden: n === 7,
        ...(n === 3 ? { assigned_at: ahead } : {}),
      }),
      extra: { kept: n },
    })),
    executions: ids.flatMap((id, n) => [
      execution(id, { execution_id: `${id}-x`, error: n % 9 ? null : 'a"b' }),
      // Without an id: it is all its fields.
      execution(id, {
        latency_ms: n,
        ...(n === 4 ? { recorded_at: ahead } : {}),
      }),
    ]),
    events: [
      ...ids.map((id) => event(id, `${id}-e`)),
      ...ids.map((id) =>
        event(id, `${id}-c`, {
          event_type: "custom",
          event_name: "rated, twice",
          value: 0.25,
        })
      ),
      // It waits for its assignment.
      event("unknown", "w", { flag_name: FLAGS[0] ?? "" }),
    ],
  };
  const timeless = { assignment_id: "id-0", latency_ms: 77 };
  const response = await fetch(`${url}/api/v1/ingest`, {
    method: "POST",
    body: JSON.stringify({
      ...batch,
      executions: [...batch.executions, timeless],
    }),
  });
  const { accepted, rejected } = await response.json();
  assert.deepEqual(rejected, []);
  return accepted;
}

async function countersOf(path: string): Promise<[string, string][]> {
  const kv = await Deno.openKv(path);
  const found: [string, string][] = [];
  for (const flag of [...FLAGS, ""]) {
    const rows = [sketchPrefix(flag), timePrefix(flag)].map((prefix) => ({
      prefix,
    }));
    for (const segment of (await readCounters(kv, flag, rows)).segments()) {
      for (const [field, amount] of segment.fields) {
        const name = JSON.stringify(counterName(flag, segment, field));
        found.push([name, String(amount)]);
      }
    }
  }
  kv.close();
  return found.sort(([a], [b]) => a < b ? -1 : 1);
}

/** Runs `deno task import` with a text on its standard input. */
async function runImport(
  path: string,
  text: string,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...taskPermissions({ kvPath: path }, { root: ROOT }),
      join(ROOT, "server/import.ts"),
      ...args,
    ],
    cwd: ROOT,
    env: { MODELAB_KV_PATH: path },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  // A program that has refused does not read what is left.
  await writer.write(new TextEncoder().encode(text)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("an export, of either format and from either place, makes a database with the same counters", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    const records = await fill(server);
    const texts: string[] = [];
    for (const format of ["ndjson", "csv"]) {
      const response = await fetch(
        `${server.url}/api/v1/export?format=${format}`,
      );
      texts.push(await response.text());
    }
    await server.stop("SIGTERM");
    const expected = await countersOf(path);
    assert.ok(expected.length > 100);
    for (const format of ["ndjson", "csv"]) {
      const ended = await runTask("export.ts", path, [`--format=${format}`]);
      assert.equal(ended.code, 0, ended.stderr);
      const text = texts[format === "csv" ? 1 : 0];
      assert.equal(ended.stdout, text?.trim());
      const copy = join(directory, `${format}.kv`);
      const imported = await runImport(copy, text ?? "");
      assert.equal(
        imported.output.trim(),
        `${records} records are taken; 0 were there already`,
      );
      assert.deepEqual(await countersOf(copy), expected);
      const { code, output } = await runVerify(copy);
      assert.equal(code, 0, output);
      // What comes out of the copy is what went into it.
      const again = await runTask("export.ts", copy, [`--format=${format}`]);
      assert.equal(again.stdout, text?.trim());
    }
  });
});

Deno.test("an export and an import that were broken off go on where they were", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    const records = await fill(server);
    const whole = await (await fetch(`${server.url}/api/v1/export`)).text();
    const lines = whole.trim().split("\n");
    assert.equal(lines.length, records);
    const part = lines.slice(0, 101);
    const { record: { assignment_id } } = JSON.parse(part.at(-1) ?? "");
    const response = await fetch(
      `${server.url}/api/v1/export?from=${assignment_id}`,
    );
    const rest = (await response.text()).trim().split("\n");
    await server.stop("SIGTERM");
    assert.deepEqual(new Set([...part, ...rest]), new Set(lines));
    assert.ok(rest.length < records);

    const copy = join(directory, "copy.kv");
    assert.equal((await runImport(copy, part.join("\n"))).code, 0);
    assert.match(
      (await runImport(copy, whole)).output,
      /must have no records, or --continue be given/,
    );
    assert.equal((await runImport(copy, whole, "--continue")).code, 0);
    assert.deepEqual(await countersOf(copy), await countersOf(path));
  });
});

Deno.test("an export holds the flags that are asked for and that the key may read", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const made = await runTask("keys.ts", path, [
      "create",
      "--name=plain",
      "--scope=read,ingest",
      "--flag-prefix=pl",
    ]);
    const all = await runTask("keys.ts", path, [
      "create",
      "--name=all",
      "--scope=admin",
    ]);
    const server = await startServer(path);
    const sent = await fetch(`${server.url}/api/v1/ingest/assignments`, {
      method: "POST",
      headers: { "x-api-key": all.stdout },
      body: JSON.stringify(
        ["plain", "other"].map((flag_name) =>
          assignment(flag_name, { flag_name })
        ),
      ),
    });
    await sent.body?.cancel();
    const flagsWith = async (key: string, query: string): Promise<string> => {
      const response = await fetch(`${server.url}/api/v1/export${query}`, {
        headers: { "x-api-key": key },
      });
      const text = (await response.text()).trim();
      return text.split("\n").filter((line) => line !== "")
        .map((line) => JSON.parse(line).record.flag_name).sort().join();
    };
    assert.equal(await flagsWith(all.stdout, ""), "other,plain");
    assert.equal(await flagsWith(all.stdout, "?flag=other"), "other");
    assert.equal(await flagsWith(made.stdout, ""), "plain");
    for (
      const [key, query, status, detail] of [
        [all, "?format=xml", 400, /^format must be ndjson or csv, got "xml"/],
        [all, "?from=", 400, /^from must be the id of an assignment, got ""/],
        [all, "?flag=tohers", 404, /has an assignment, got "tohers"/],
        // To a key there are no others than its own.
        [made, "?flag=other", 404, /has an assignment, got "other"/],
      ] as const
    ) {
      const response = await fetch(`${server.url}/api/v1/export${query}`, {
        headers: { "x-api-key": key.stdout },
      });
      assert.equal(response.status, status);
      assert.match((await response.json()).detail, detail);
    }
    await server.stop("SIGTERM");
    const slip = await runTask("export.ts", path, ["--flag=tohers"]);
    assert.deepEqual(slip, {
      code: 1,
      stdout: "",
      stderr:
        'modelab export: --flag must be a flag that has an assignment, got "tohers"',
    });
  });
});

Deno.test("import says which line is none of an export", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    for (const text of ["hello", "{}", '{"kind":"event"}\n', "kind,at\n"]) {
      const { code, output } = await runImport(path, text);
      assert.equal(code, 1);
      assert.match(output, /^modelab import: Line 1 must be one of an export/);
    }
  });
});
