import assert from "node:assert/strict";
import { join } from "node:path";
import { KeyRing } from "../../server/access/key_ring.ts";
import { newKey } from "../../server/access/key_text.ts";
import type { Access } from "../../server/access/access.ts";
import { allows } from "../../server/access/access.ts";
import { needOf, NEEDS } from "../../server/access/need.ts";
import { sessionCookie } from "../../server/access/session.ts";
import { AccessKeys } from "../../storage/kv/access_keys.ts";
import { SCHEMA_VERSION, schemaKey } from "../../storage/kv/keys.ts";
import type { Scope } from "../../storage/kv/access_keys.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { ROUTES } from "./routes.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const PREFIX = "team-a/";
const DAY = 24 * 3600 * 1000;

interface Caller {
  readonly headers: { readonly [name: string]: string };
  /** What it may do; null when it may do nothing. */
  readonly access: Access | null;
}

Deno.test("each route has been decided on, and each decision is about a route", async () => {
  const patterns = (await ROUTES).map(({ pattern }) => pattern)
    // It answers what is not there.
    .filter((pattern) => pattern !== "/api/*").sort();
  assert.deepEqual(patterns, Object.keys(NEEDS).sort());
});

Deno.test("a route that nobody has decided on needs an admin's key", () => {
  assert.equal(needOf("/api/v1/new", "GET"), "admin");
  assert.equal(needOf(null, "GET"), "read");
});

Deno.test("every route lets in those callers that it should, under every method", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { texts, expiring, expired } = await makeKeys(path);
    const server = await startServer(path, {
      apiKey: "env-api-key",
      readKey: "env-read-key",
      env: { MODELAB_RATE_PER_ADDRESS: "0", MODELAB_RATE_PER_KEY: "0" },
    });
    try {
      const callers = await callersWith(texts, server.url);
      const session = { ...accessOf("admin"), isSession: true };
      callers["a session of its seventh day"] = {
        headers: { cookie: expiring },
        access: session,
      };
      callers["an expired session"] = {
        headers: { cookie: expired },
        access: null,
      };
      const wrong: string[] = [];
      let cases = 0;
      for (const { pattern, path } of await ROUTES) {
        for (const method of METHODS) {
          for (const [name, caller] of Object.entries(callers)) {
            const got = await admitted(server.url + path, method, caller);
            const need = needOf(pattern, method);
            // A method that the route does not have is refused to everybody.
            const expected = typeof need !== "string" || need === "nothing" ||
              (caller.access !== null && allows(caller.access, need));
            cases++;
            if (got !== expected) {
              wrong.push(`${method} ${pattern} as ${name}: ${got}`);
            }
          }
        }
      }
      assert.deepEqual(wrong, []);
      assert.ok(cases >= 15 * METHODS.length * 10, String(cases));
    } finally {
      await server.stop("SIGTERM");
    }
  });
});

const KEYS: { readonly [name: string]: readonly [Scope[], string | null] } = {
  "ingest": [["ingest"], null],
  "read": [["read"], null],
  "ingest and read": [["ingest", "read"], null],
  "admin": [["admin"], null],
  "read of a prefix": [["read"], PREFIX],
  "revoked": [["admin"], null],
};

/** A database with keys. */
interface Keys {
  readonly texts: ReadonlyMap<string, string>;
  /** The cookie of an admin who signed in six days and a half ago. */
  readonly expiring: string;
  /** That of one who signed in a week and an hour ago. */
  readonly expired: string;
}

async function makeKeys(path: string): Promise<Keys> {
  const kv = await Deno.openKv(path);
  await kv.set(schemaKey(), SCHEMA_VERSION);
  const keys = new AccessKeys(kv);
  const texts = new Map<string, string>();
  for (const [name, [scopes, flagPrefix]] of Object.entries(KEYS)) {
    const { id, digest, text } = newKey();
    const createdAt = Date.now();
    await keys.add({
      id,
      digest,
      name,
      scopes,
      flagPrefix,
      createdAt,
      revokedAt: null,
    });
    if (name === "revoked") await keys.revoke(id, createdAt);
    texts.set(name, text);
  }
  const ring = new KeyRing(keys, { apiKey: null, readKey: null }, Date.now);
  await ring.refresh();
  const admin = ring.stored(texts.get("admin") ?? "");
  assert.ok(admin !== null);
  const signedInAt = (time: number): string =>
    sessionCookie(ring, admin, time, false).split(";")[0] ?? "";
  const expiring = signedInAt(Date.now() - 6.5 * DAY);
  const expired = signedInAt(Date.now() - 7 * DAY - DAY / 24);
  kv.close();
  return { texts, expiring, expired };
}

function accessOf(name: string): Access {
  const [scopes, flagPrefix] = KEYS[name] ?? [[], null];
  return { id: name, scopes, flagPrefix, isSession: false };
}

async function callersWith(
  texts: ReadonlyMap<string, string>,
  url: string,
): Promise<{ [name: string]: Caller }> {
  const access = (scopes: Scope[]): Access => {
    return { id: "", scopes, flagPrefix: null, isSession: false };
  };
  const callers: { [name: string]: Caller } = {
    "nobody": { headers: {}, access: null },
    "a wrong key": { headers: { "x-api-key": newKey().text }, access: null },
    "an empty key": { headers: { "x-api-key": "" }, access: null },
    "a forged session": {
      headers: { cookie: "modelab_session=9999999999.MODELAB_READ_KEY.x" },
      access: null,
    },
    "MODELAB_API_KEY": {
      headers: { "x-api-key": "env-api-key" },
      access: access(["ingest"]),
    },
    "MODELAB_READ_KEY": {
      headers: { authorization: "Bearer env-read-key" },
      access: access(["read"]),
    },
  };
  for (const [name, text] of texts) {
    callers[name] = {
      headers: { authorization: `bearer ${text}` },
      access: name === "revoked" ? null : accessOf(name),
    };
  }
  for (const name of ["read", "admin", "read of a prefix"]) {
    callers[`a session of ${name}`] = {
      headers: { cookie: await signIn(url, texts.get(name) ?? "") },
      access: { ...accessOf(name), isSession: true },
    };
  }
  return callers;
}

async function signIn(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: "POST",
    body: new URLSearchParams({ key }),
    redirect: "manual",
  });
  await response.body?.cancel();
  assert.equal(response.status, 303);
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** Whether a route answers, rather than asks for another key. */
async function admitted(
  url: string,
  method: string,
  { headers }: Caller,
): Promise<boolean> {
  const response = await fetch(url, {
    method,
    headers,
    body: ["GET", "HEAD", "OPTIONS"].includes(method) ? null : "nonsense",
    redirect: "manual",
  });
  await response.body?.cancel();
  assert.ok(response.status < 500, `${method} ${url}: ${response.status}`);
  const { status, headers: got } = response;
  // What the sign-in form answers is a page.
  const refused = (status === 401 || status === 403) &&
    got.get("content-type") === "application/problem+json";
  return !refused && !(got.get("location") ?? "").startsWith("/sign-in?");
}
