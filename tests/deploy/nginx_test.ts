import assert from "node:assert/strict";
import { join } from "node:path";
import { assignment } from "../../storage/kv/testing/records.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { hasNginx, startNginx } from "./nginx.ts";
import type { Proxy, ProxyOptions } from "./nginx.ts";

const API_KEY = "key-for-writing";
const READ_KEY = "key-for-reading";
/** After what even a busy machine needs, a wait is over. */
const PATIENCE = 30_000;

interface Setting {
  readonly proxy: Proxy;
  /** Asks the proxy, from 127.0.0.1 where no other address is given. */
  ask(path: string, init?: RequestInit, address?: string): Promise<Response>;
}

/** What Deno's fetch() takes beyond a browser's. */
interface AskInit extends RequestInit {
  readonly client: Deno.HttpClient;
}

/** A test with a server behind nginx, as the guide configures them. */
function proxyTest(
  name: string,
  env: { readonly [name: string]: string },
  changes: NonNullable<ProxyOptions["changes"]>,
  use: (setting: Setting) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: !hasNginx,
    async fn() {
      await withDirectory(async (directory) => {
        const server = await startServer(join(directory, "data.kv"), {
          apiKey: API_KEY,
          readKey: READ_KEY,
          env: { MODELAB_TRUSTED_PROXIES: "1", ...env },
        });
        const clients = new Map<string, Deno.HttpClient>();
        let proxy: Proxy | null = null;
        try {
          proxy = await startNginx({ directory, server: server.url, changes });
          const { url, certificate } = proxy;
          const ask = (
            path: string,
            init: RequestInit = {},
            localAddress = "127.0.0.1",
          ): Promise<Response> => {
            const client = clients.get(localAddress) ??
              Deno.createHttpClient({ caCerts: [certificate], localAddress });
            clients.set(localAddress, client);
            const asked: AskInit = { ...init, client };
            return fetch(url + path, asked);
          };
          await use({ proxy, ask });
        } finally {
          for (const client of clients.values()) client.close();
          await proxy?.stop();
          await server.stop("SIGTERM");
        }
      });
    },
  });
}

proxyTest(
  "behind nginx the dashboard signs in by a Secure cookie, records come in, and news goes out at once",
  {},
  [],
  async ({ proxy, ask }) => {
    const signIn = (origin: string): Promise<Response> =>
      ask("/sign-in", {
        method: "POST",
        headers: { origin },
        body: new URLSearchParams({ key: READ_KEY, next: "/flags/f" }),
        redirect: "manual",
      });
    const foreign = await signIn("https://example.com");
    await foreign.body?.cancel();
    assert.equal(foreign.status, 403);
    // The server speaks HTTP: by the host it knows that the page is its own.
    const signedIn = await signIn(proxy.url);
    await signedIn.body?.cancel();
    assert.equal(signedIn.status, 303);
    const setCookie = signedIn.headers.get("set-cookie") ?? "";
    assert.match(setCookie, /HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/);
    const [cookie = ""] = setCookie.split(";");

    const send = async (id: string): Promise<void> => {
      const response = await ask("/api/v1/ingest/assignments", {
        method: "POST",
        headers: { "x-api-key": API_KEY, "x-request-id": "of-the-client" },
        body: JSON.stringify([assignment(id, { flag_name: "f" })]),
      });
      assert.equal((await response.json()).accepted, 1);
      // The proxy names requests.
      assert.match(response.headers.get("x-request-id") ?? "", /^[\da-f]{32}$/);
    };
    await send("a");
    const page = await ask("/flags/f", { headers: { cookie } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<h1/);

    const news = await ask("/api/v1/news?flag=f", {
      headers: { cookie },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const reader = news.body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.ok(reader !== undefined);
    const next = async (): Promise<string> => (await reader.read()).value ?? "";
    assert.equal(await next(), "data: open\n\n");
    // The first look.
    assert.equal(await next(), "data: changed\n\n");
    await send("b");
    assert.equal(await next(), "data: changed\n\n");
    await reader.cancel();
  },
);

proxyTest(
  "behind nginx a client is known by its address, whatever it says of itself",
  { MODELAB_RATE_PER_ADDRESS: "1" },
  [],
  async ({ ask }) => {
    const statusFrom = async (address: string, n: number): Promise<number> => {
      const headers = {
        "x-api-key": READ_KEY,
        "x-forwarded-for": `10.0.0.${n}`,
      };
      const response = await ask("/api/v1/flags", { headers }, address);
      await response.body?.cancel();
      return response.status;
    };
    const statuses: number[] = [];
    // Four at once, and one a second: a slow machine has to ask more often.
    while (!statuses.includes(429) && statuses.length < 200) {
      const batch = Array.from(
        { length: 10 },
        (_, n) => statusFrom("127.0.0.1", n),
      );
      statuses.push(...await Promise.all(batch));
    }
    assert.ok(statuses.includes(429), statuses.join());
    assert.equal(await statusFrom("127.0.0.2", 1), 200);
  },
);

proxyTest(
  "nginx lets go of clients that send no request, or never the rest of one, and of those that idle, and bounds what one has under way",
  {},
  [
    ["client_header_timeout 10s", "client_header_timeout 1s"],
    ["client_body_timeout   30s", "client_body_timeout 1s"],
    ["keepalive_timeout     60s", "keepalive_timeout 1s"],
    ["limit_conn modelab 100", "limit_conn modelab 20"],
  ],
  async ({ proxy, ask }) => {
    const head = "Host: localhost\r\nX-API-Key: key-for-writing\r\n";
    const post = `POST /api/v1/ingest/events HTTP/1.1\r\n${head}`;
    const starts = [
      "",
      `GET /healthz HTTP/1.1\r\n${head}`,
      `${post}Content-Length: 1000\r\n\r\n[`,
      `GET /healthz HTTP/1.1\r\n${head}\r\n`,
    ];
    const held = await Promise.all(
      Array.from({ length: 40 }, (_, n) => startRequest(proxy, starts[n % 4])),
    );
    // Another client is let in, whatever this one holds.
    const healthy = await ask("/healthz", {}, "127.0.0.2");
    assert.equal(await healthy.text(), "ok\n");
    const said = await Promise.all(held.map(untilClosed));
    // What the last kind asked was answered before it idled.
    assert.match(said[3] ?? "", /^HTTP\/1\.1 200 OK\r\n/);
    assert.doesNotMatch(said[1] ?? "", /200/);

    const open = (address: string): Promise<Response> =>
      ask("/api/v1/news", { headers: { "x-api-key": READ_KEY } }, address);
    const one = "127.0.0.1";
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => open(one)),
    );
    const refused = await open(one);
    const elsewhere = await open("127.0.0.2");
    const all = [...streams, refused, elsewhere];
    for (const { body } of all) await body?.cancel();
    assert.deepEqual(
      all.map(({ status }) => status),
      [...streams.map(() => 200), 429, 200],
    );
  },
);

async function startRequest(
  { port, certificate }: Proxy,
  text = "",
): Promise<Deno.TlsConn> {
  const connection = await Deno.connectTls({
    hostname: "localhost",
    port,
    caCerts: [certificate],
  });
  await connection.write(new TextEncoder().encode(text));
  return connection;
}

/** What comes until the other side closes; fails when it never does. */
async function untilClosed(connection: Deno.TlsConn): Promise<string> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.close();
  }, PATIENCE);
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const bytes of connection.readable) {
      text += decoder.decode(bytes);
    }
  } catch (error) {
    // A proxy need not say goodbye in TLS.
    if (late) {
      throw new Error("The connection was never closed", { cause: error });
    }
  } finally {
    clearTimeout(timer);
  }
  return text;
}
