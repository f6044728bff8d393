import assert from "node:assert/strict";
import { join } from "node:path";
import { assignment } from "../../storage/kv/testing/records.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { SmallDisk } from "./small_disk.ts";

const ignore = !SmallDisk.available;
const MIB = 1024 * 1024;

interface Sent {
  readonly status: number;
  readonly accepted: number;
  readonly body: string;
  readonly retryAfter: string | null;
}

/** Sends assignments with configs of 30 KB each. */
async function send(url: string, from: number, count = 20): Promise<Sent> {
  const records = Array.from(
    { length: count },
    (_, n) =>
      assignment(`a${from + n}`, {
        flag_name: "disk",
        user_id: `u${from + n}`,
        config_json: { text: `${from + n}`.padEnd(30_000, "x") },
      }),
  );
  const response = await fetch(`${url}/api/v1/ingest/assignments`, {
    method: "POST",
    body: JSON.stringify(records),
  });
  const body = await response.text();
  return {
    status: response.status,
    accepted: response.status === 200 ? JSON.parse(body).accepted : 0,
    body,
    retryAfter: response.headers.get("retry-after"),
  };
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

Deno.test({
  name:
    "a full disk refuses records with 503 and loses none, and room alone makes it go on",
  ignore,
  async fn() {
    await using disk = await SmallDisk.mount(8 * MIB);
    const path = join(disk.path, "data.kv");
    const server = await startServer(path, { quiet: true });
    let accepted = 0;
    let refused: Sent | null = null;
    for (let n = 0; n < 60 && refused === null; n++) {
      const sent = await send(server.url, n * 20);
      accepted += sent.accepted;
      if (sent.status !== 200) refused = sent;
    }
    assert.equal(refused?.status, 503, refused?.body);
    assert.match(refused?.body ?? "", /The database did not take the records/);
    assert.equal(refused?.retryAfter, "1");
    assert.equal(await statusOf(`${server.url}/healthz`), 200);
    assert.equal(await statusOf(`${server.url}/readyz`), 503);
    // What is there can still be read.
    assert.equal(await statusOf(`${server.url}/api/v1/flags/disk`), 200);

    disk.remount(`size=${64 * MIB}`);
    let again: Sent = refused ?? await send(server.url, 0);
    const end = performance.now() + 10_000;
    while (again.status !== 200 && performance.now() < end) {
      again = await send(server.url, 100_000);
    }
    assert.equal(again.status, 200, again.body);
    accepted += again.accepted;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(await statusOf(`${server.url}/readyz`), 200);
    assert.equal((await server.stop("SIGTERM")).code, 0);
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
    // Some may have been taken by a commit whose round failed later.
    const [records = "0"] = /^\d+/.exec(output) ?? [];
    assert.ok(Number(records) >= accepted, `${records} of ${accepted}`);
  },
});

Deno.test({
  name: "a file that cannot be written is said so at the start",
  ignore,
  async fn() {
    await using disk = await SmallDisk.mount(8 * MIB);
    const path = join(disk.path, "data.kv");
    const server = await startServer(path);
    await send(server.url, 0, 1);
    await server.stop("SIGTERM");
    disk.remount("ro");
    const lines: string[] = [];
    await assert.rejects(
      startServer(path, { onError: (text) => lines.push(text) }),
    );
    assert.match(
      lines.join(""),
      /^modelab cannot start: Cannot open the database .*data\.kv: .*The file and its directory must be readable and writable/,
    );
  },
});

Deno.test("a file that is no database, or a broken one, is said so at the start", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    await send(server.url, 0, 40);
    await server.stop("SIGTERM");
    const whole = await Deno.readFile(path);
    const page = 4096;
    const broken = whole.slice();
    // The root of the one table, and of its index.
    broken.fill(0xff, page, page * 4);
    for (
      const content of [new TextEncoder().encode("x".repeat(9000)), broken]
    ) {
      await Deno.writeFile(path, content);
      const lines: string[] = [];
      await assert.rejects(
        startServer(path, { onError: (text) => lines.push(text) }),
      );
      assert.match(
        lines.join(""),
        /^modelab cannot start: Cannot (open|read) the database .*data\.kv: .*(not a database|malformed)/,
      );
    }
  });
});
