import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { assignment } from "../../storage/kv/testing/records.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

async function withServer(
  env: { readonly [name: string]: string },
  use: (url: string) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"), {
      apiKey: "write",
      readKey: "read",
      env,
    });
    try {
      await use(server.url);
    } finally {
      await server.stop("SIGTERM");
    }
  });
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

async function send(
  url: string,
  key: string,
  body: BodyInit | null = null,
  headers: { [name: string]: string } = {},
): Promise<Got> {
  const response = await fetch(url, {
    method: body === null ? "GET" : "POST",
    headers: { "x-api-key": key, ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text };
}

Deno.test("a key that asks too often gets 429 and when to come again, and others get answers", async () => {
  await withServer({ MODELAB_RATE_PER_KEY: "1" }, async (url) => {
    const answers: Got[] = [];
    for (let n = 0; n < 12; n++) {
      answers.push(await send(`${url}/api/v1/flags`, "read"));
    }
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual(statuses.slice(0, 4), Array(4).fill(200));
    const refused = answers.find(({ status }) => status === 429);
    assert.equal(refused?.headers.get("retry-after"), "1");
    assert.equal(
      refused?.headers.get("ratelimit-policy"),
      '"requests";q=4;w=4',
    );
    assert.match(
      refused?.headers.get("ratelimit") ?? "",
      /^"requests";r=0;t=4$/,
    );
    assert.equal(
      answers[0]?.headers.get("ratelimit"),
      '"requests";r=3;t=1',
    );
    const other = await send(`${url}/api/v1/ingest/events`, "write", "[]");
    assert.equal(other.status, 200);
  });
});

Deno.test("an address that asks too often gets 429, whatever its key", async () => {
  const env = { MODELAB_RATE_PER_ADDRESS: "1", MODELAB_TRUSTED_PROXIES: "1" };
  await withServer(env, async (url) => {
    const from = (address: string): { [name: string]: string } => {
      return { "x-forwarded-for": `1.2.3.4, ${address}` };
    };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) {
      const { status } = await send(
        `${url}/api/v1/flags`,
        n % 2 === 0 ? "read" : "wrong",
        null,
        from("10.0.0.1"),
      );
      statuses.push(status);
    }
    assert.deepEqual(statuses.slice(0, 4), [200, 401, 200, 401]);
    assert.ok(statuses.includes(429));
    const other = await send(
      `${url}/api/v1/flags`,
      "read",
      null,
      from("10.0.0.2"),
    );
    assert.equal(other.status, 200);
  });
});

Deno.test("a body may be gzip, and is bounded as it is after decompression", async () => {
  await withServer({}, async (url) => {
    const ingest = `${url}/api/v1/ingest/assignments`;
    const headers = { "content-encoding": "gzip" };
    const body = zipped(JSON.stringify([assignment("a")]));
    const taken = await send(ingest, "write", body, headers);
    assert.equal(taken.status, 200);
    assert.equal(JSON.parse(taken.body).accepted, 1);
    const bomb = zipped(new Uint8Array(300_000_000));
    assert.ok(bomb.length < 400_000);
    assert.equal((await send(ingest, "write", bomb, headers)).status, 413);
    const torn = body.subarray(0, body.length - 4);
    for (const broken of [torn, new Uint8Array([1, 2, 3]), "[]"]) {
      const { status, body } = await send(ingest, "write", broken, headers);
      assert.equal(status, 400);
      assert.match(body, /must be gzip/);
    }
    for (const encoding of ["br", "gzip, gzip"]) {
      const headers = { "content-encoding": encoding };
      assert.equal((await send(ingest, "write", body, headers)).status, 415);
    }
  });
});

Deno.test("a client that never sends the rest of its body is let go, and holds up nobody", async () => {
  const env = {
    MODELAB_BODY_TIMEOUT_MS: "500",
    MODELAB_MAX_REQUESTS_PER_CLIENT: "20",
    MODELAB_TRUSTED_PROXIES: "1",
  };
  await withServer(env, async (url) => {
    const slow = await Promise.all(
      Array.from({ length: 30 }, () => startSlowly(url)),
    );
    // They come from one address; so does nobody else.
    const healthy = await send(`${url}/api/v1/ingest/events`, "write", "[]", {
      "x-forwarded-for": "10.0.0.2",
    });
    assert.equal(healthy.status, 200);
    const answers = await Promise.all(slow.map(statusOf));
    const counts = (status: number): number =>
      answers.filter((got) => got === status).length;
    assert.equal(counts(408), 20, answers.join());
    assert.equal(counts(429), 10, answers.join());
  });
});

function zipped(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(data));
}

async function startSlowly(url: string): Promise<Deno.Conn> {
  const port = Number(new URL(url).port);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(
    "POST /api/v1/ingest/events HTTP/1.1\r\nHost: localhost\r\n" +
      "X-API-Key: write\r\nX-Forwarded-For: 10.0.0.1\r\n" +
      "Content-Length: 1000\r\n\r\n[",
  ));
  return connection;
}

async function statusOf(connection: Deno.Conn): Promise<number> {
  const buffer = new Uint8Array(4096);
  const read = await connection.read(buffer);
  connection.close();
  const text = new TextDecoder().decode(buffer.subarray(0, read ?? 0));
  return Number(text.split(" ")[1]);
}

Deno.test("the limits of bodies and batches are those of the configuration", async () => {
  const env = { MODELAB_MAX_BODY_BYTES: "2000", MODELAB_MAX_RECORDS: "3" };
  await withServer(env, async (url) => {
    const ingest = `${url}/api/v1/ingest/events`;
    const large = await send(ingest, "write", `["${"x".repeat(2000)}"]`);
    assert.equal(large.status, 413);
    assert.match(large.body, /at most 2000 bytes/);
    const many = await send(ingest, "write", "[1,2,3,4]");
    assert.equal(many.status, 413);
    assert.match(many.body, /at most 3 records, got 4/);
    const { body } = await send(`${url}/api/v1/openapi.json`, "");
    assert.match(body, /At most 3 records and 2000 bytes/);
  });
});
