import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { assignment } from "../../storage/kv/testing/records.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

function send(url: string, id: string): Promise<Response> {
  return fetch(`${url}/api/v1/ingest/assignments`, {
    method: "POST",
    body: JSON.stringify([assignment(id, { flag_name: "locked" })]),
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

Deno.test("a database that another process has locked is waited for; in the end the answer is 503, and then it goes on by itself", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path, { quiet: true });
    assert.equal((await (await send(server.url, "a")).json()).accepted, 1);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const waiting = send(server.url, "b");
    await pause(1000);
    other.exec("COMMIT");
    assert.equal((await (await waiting).json()).accepted, 1);

    other.exec("BEGIN IMMEDIATE");
    const refused = await send(server.url, "c");
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get("retry-after"), "1");
    await refused.body?.cancel();
    const read = await fetch(`${server.url}/api/v1/flags/locked`);
    assert.equal((await read.json()).variants[0].assignments, 2);
    other.exec("COMMIT");
    other.close();
    assert.equal((await (await send(server.url, "c")).json()).accepted, 1);
    await server.stop("SIGTERM");
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
    assert.match(output, /^3 records/);
  });
});

Deno.test("a server waits for a lock when it starts", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    await (await startServer(path)).stop("SIGTERM");
    const other = new DatabaseSync(path);
    other.exec("BEGIN EXCLUSIVE");
    const starting = startServer(path);
    await pause(1500);
    other.exec("COMMIT");
    other.close();
    const server = await starting;
    assert.equal((await (await send(server.url, "a")).json()).accepted, 1);
    await server.stop("SIGTERM");
  });
});

Deno.test("a second server on one address says that the first one is there", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const server = await startServer(path);
    const lines: string[] = [];
    const port = Number(new URL(server.url).port);
    await assert.rejects(
      startServer(path, { port, onError: (text) => lines.push(text) }),
    );
    assert.match(
      lines.join(""),
      /^modelab cannot start: MODELAB_HOST and MODELAB_PORT must be an address that is free/,
    );
    assert.equal((await (await send(server.url, "a")).json()).accepted, 1);
    await server.stop("SIGTERM");
  });
});
