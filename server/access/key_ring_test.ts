import assert from "node:assert/strict";
import { AccessKeys } from "../../storage/kv/access_keys.ts";
import { KeyRing, KeysUnavailableError } from "./key_ring.ts";
import { newKey } from "./key_text.ts";

const NONE = { apiKey: null, readKey: null };

interface Clock {
  now: number;
}

async function withRing(
  use: (ring: KeyRing, keys: AccessKeys, clock: Clock) => Promise<void>,
  environment: {
    readonly apiKey: string | null;
    readonly readKey: string | null;
  } = NONE,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const clock = { now: 1_000_000 };
  const keys = new AccessKeys(kv);
  try {
    const ring = new KeyRing(keys, environment, () => clock.now);
    await ring.refresh();
    await use(ring, keys, clock);
  } finally {
    kv.close();
  }
}

async function add(keys: AccessKeys): Promise<{ id: string; text: string }> {
  const { id, text, digest } = newKey();
  await keys.add({
    id,
    digest,
    name: "a",
    scopes: ["read"],
    flagPrefix: null,
    createdAt: 1,
    revokedAt: null,
  });
  return { id, text };
}

Deno.test("a key opens as soon as it is seen, and a revoked one no more after three seconds", async () => {
  await withRing(async (ring, keys, clock) => {
    const { id, text } = await add(keys);
    assert.equal(ring.stored(text), null);
    clock.now += 3000;
    await ring.refresh();
    assert.equal(ring.stored(text)?.access.id, id);
    assert.equal(ring.stored(text.slice(0, -1) + "_"), null);
    await keys.revoke(id, clock.now);
    clock.now += 3000;
    await ring.refresh();
    assert.equal(ring.stored(text), null);
  });
});

Deno.test("what was open is closed for ever by the first key", async () => {
  await withRing(async (ring, keys, clock) => {
    assert.deepEqual(
      (["ingest", "read", "admin"] as const).map((s) => ring.isOpen(s)),
      [true, true, true],
    );
    const { id } = await add(keys);
    await keys.revoke(id, clock.now);
    clock.now += 3000;
    await ring.refresh();
    assert.deepEqual(
      (["ingest", "read", "admin"] as const).map((s) => ring.isOpen(s)),
      [false, false, false],
    );
  });
});

Deno.test("a key in the environment closes its own scope, and what an admin does", async () => {
  await withRing((ring) => {
    assert.deepEqual(
      (["ingest", "read", "admin"] as const).map((s) => ring.isOpen(s)),
      [false, true, false],
    );
    return Promise.resolve();
  }, { apiKey: "write", readKey: null });
});

Deno.test("the same key in both variables has both scopes", async () => {
  await withRing((ring) => {
    const scopes = ring.fromEnvironment("both")?.access.scopes;
    assert.deepEqual(scopes, ["ingest", "read"]);
    return Promise.resolve();
  }, { apiKey: "both", readKey: "both" });
});

Deno.test("a clock that is set back or far ahead does not keep keys from being read again", async () => {
  await withRing(async (ring, keys, clock) => {
    const { text } = await add(keys);
    clock.now -= 500_000;
    await ring.refresh();
    assert.notEqual(ring.stored(text), null);
    const other = await add(keys);
    clock.now += 10_000_000;
    await ring.refresh();
    assert.notEqual(ring.stored(other.text), null);
  });
});

Deno.test("nobody is let in when the keys cannot be read for half a minute", async () => {
  const kv = await Deno.openKv(":memory:");
  const clock = { now: 0 };
  const keys = new AccessKeys(kv);
  const ring = new KeyRing(keys, NONE, () => clock.now);
  await ring.refresh();
  const errors = console.error;
  console.error = () => {};
  try {
    kv.close();
    clock.now = 29_000;
    await ring.refresh();
    clock.now = 31_000;
    await assert.rejects(ring.refresh(), KeysUnavailableError);
  } finally {
    console.error = errors;
  }
});

Deno.test("the use of a key is noted, at most every five minutes", async () => {
  await withRing(async (ring, keys, clock) => {
    const { id, text } = await add(keys);
    clock.now += 3000;
    await ring.refresh();
    const first = clock.now;
    for (const later of [0, 1000, 299_000]) {
      clock.now = first + later;
      ring.stored(text);
      await settled();
      assert.equal((await keys.lastUses()).get(id), first);
    }
    clock.now = first + 300_000;
    ring.stored(text);
    await settled();
    assert.equal((await keys.lastUses()).get(id), first + 300_000);
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
