import assert from "node:assert/strict";
import { AccessKeys } from "../../storage/kv/access_keys.ts";
import { KeyRing } from "./key_ring.ts";
import type { ActiveKey } from "./key_ring.ts";
import { endedCookie, sessionCookie, sessionKey } from "./session.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const WEEK = 7 * 24 * 3600 * 1000;

async function withRing(
  use: (ring: KeyRing, key: ActiveKey, kv: Deno.Kv) => Promise<void> | void,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    const ring = await ringOf(kv, "key");
    const key = ring.fromEnvironment("key");
    assert.ok(key !== null);
    await use(ring, key, kv);
  } finally {
    kv.close();
  }
}

async function ringOf(kv: Deno.Kv, readKey: string): Promise<KeyRing> {
  const environment = { apiKey: null, readKey };
  const ring = new KeyRing(new AccessKeys(kv), environment, () => NOW);
  await ring.refresh();
  return ring;
}

function withCookie(cookie: string): Request {
  const [pair = ""] = cookie.split(";");
  const headers = { cookie: `other=1; ${pair}` };
  return new Request("http://localhost/", { headers });
}

Deno.test("a session lasts a week, and ends when its key is another", async () => {
  await withRing(async (ring, key, kv) => {
    const request = withCookie(sessionCookie(ring, key, NOW, false));
    assert.equal(sessionKey(request, ring, NOW), key);
    assert.equal(sessionKey(request, ring, NOW + WEEK - 1), key);
    assert.equal(sessionKey(request, ring, NOW + WEEK), null);
    const changed = await ringOf(kv, "other key");
    assert.equal(sessionKey(request, changed, NOW), null);
    const same = await ringOf(kv, "key");
    assert.notEqual(sessionKey(request, same, NOW), null);
  });
});

Deno.test("a session that the server did not sign is none", async () => {
  await withRing((ring, key) => {
    const cookie = sessionCookie(ring, key, NOW, false);
    const longer = cookie.replace(
      /=(\d+)/,
      (_, time) => `=${Number(time) + 1}`,
    );
    for (
      const forged of [
        longer,
        cookie.replace("MODELAB_READ_KEY", "MODELAB_API_KEY"),
        cookie.replace(/\.[^;]+/, "."),
        cookie.replace(/\.[^;]+/, ""),
        cookie.replace(/\.[^.;]+;/, ".;"),
        "modelab_session=",
        "modelab_session",
        endedCookie(false),
      ]
    ) assert.equal(sessionKey(withCookie(forged), ring, NOW), null, forged);
  });
});

Deno.test("sessionCookie() keeps scripts, other sites and plain HTTP out", async () => {
  await withRing((ring, key) => {
    const cookie = sessionCookie(ring, key, NOW, true);
    assert.match(cookie, /; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/);
    assert.doesNotMatch(sessionCookie(ring, key, NOW, false), /Secure/);
  });
});
