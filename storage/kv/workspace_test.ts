import assert from "node:assert/strict";
import { userKey } from "./keys.ts";
import { Ledger } from "./ledger.ts";
import { assignment, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { Workspace } from "./workspace.ts";

const ANN = { flag: "flag", user: "ann" };

Deno.test("Workspace keeps a user's row that a round to come will ask for", async () => {
  await withKv(async (kv) => {
    const ledger = new Ledger(kv, { limits: TEST_LIMITS });
    await ledger.ingest(
      incoming({ assignments: [assignment("a", { user_id: "ann" })] }),
      0,
    );
    await ledger.drain();
    const workspace = new Workspace(kv);
    await workspace.expectUsers([ANN]);
    workspace.release(workspace.begin());
    const { versionstamp, user } = workspace.user(ANN);
    const entry = await kv.get(userKey("flag", "ann"));
    assert.equal(versionstamp, entry.versionstamp);
    assert.deepEqual(user.ids, ["a"]);
    // The round that asks for it is the last that needs it.
    const round = workspace.begin();
    await workspace.loadUsers([ANN]);
    workspace.release(round);
    assert.throws(() => workspace.user(ANN), /not loaded/);
  });
});

Deno.test("Workspace has one row of a user, however often it is read at once", async () => {
  await withKv(async (kv) => {
    const workspace = new Workspace(kv);
    workspace.begin();
    const reads = [
      workspace.expectUsers([ANN]),
      workspace.loadUsers([ANN]),
      workspace.expectUsers([ANN]),
    ];
    await Promise.race(reads);
    const row = workspace.user(ANN);
    row.user.addAssignment("a");
    await Promise.all(reads);
    assert.equal(workspace.user(ANN), row);
  });
});

Deno.test("Workspace brings no row as it was before it was written and forgotten", async () => {
  await withKv(async (kv) => {
    const key = userKey("flag", "ann");
    const getMany = kv.getMany.bind(kv);
    const late = Promise.withResolvers<void>();
    let reads = 0;
    Reflect.set(kv, "getMany", async (keys: readonly Deno.KvKey[]) => {
      const entries = await getMany(keys);
      // The first read has seen the row, and takes its time.
      if (reads++ === 0) await late.promise;
      return entries;
    });
    const workspace = new Workspace(kv);
    const expected = workspace.expectUsers([ANN]);
    const round = workspace.begin();
    const loaded = workspace.loadUsers([ANN]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(reads, 1);
    late.resolve();
    await loaded;
    const row = workspace.user(ANN);
    await kv.set(key, row.user.encode().row);
    workspace.release(round);
    await expected;
    await workspace.loadUsers([ANN]);
    const { versionstamp } = await kv.get(key);
    assert.equal(workspace.user(ANN).versionstamp, versionstamp);
  });
});

Deno.test("Workspace.expectUsers() leaves what cannot be read to who asks for it", async () => {
  await withKv(async (kv) => {
    const { getMany } = kv;
    Reflect.set(kv, "getMany", () => Promise.reject(new Error("broken")));
    const workspace = new Workspace(kv);
    workspace.begin();
    await workspace.expectUsers([ANN]);
    await assert.rejects(workspace.loadUsers([ANN]), /broken/);
    Reflect.set(kv, "getMany", getMany);
    await workspace.loadUsers([ANN]);
    assert.equal(workspace.user(ANN).versionstamp, null);
  });
});
