import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseError, openDatabase, openReader } from "./database.ts";
import { snapshot } from "./snapshot.ts";

async function withDirectory(
  use: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("openDatabase() makes the directory, and opens what it set up", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "deep", "data.kv");
    (await openDatabase(path)).kv.close();
    const { kv, limits } = await openDatabase(path);
    kv.close();
    assert.equal(limits.checks, 100);
  });
});

Deno.test("openDatabase() sets up a file that eight open at once", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openDatabase(path)),
    );
    for (const { kv } of opened) kv.close();
  });
});

Deno.test("openReader() sees at once what was acknowledged, and does not wait for what was not", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { kv } = await openDatabase(path);
    const reads = await openReader(path, kv);
    assert.notEqual(reads, kv);
    const filler = new Uint8Array(60_000);
    for (let n = 0; n < 100; n++) {
      // Some are under way behind the one that is looked for.
      const later = [1, 2, 3].map((part) => kv.set(["filler", part], filler));
      const { versionstamp } = await kv.set(["n"], n);
      const found = await reads.get(["n"]);
      assert.equal(found.value, n);
      assert.equal(found.versionstamp, versionstamp);
      await Promise.all(later);
    }
    reads.close();
    kv.close();
  });
});

Deno.test("openReader() opens no second database where there is no file", async () => {
  const { kv } = await openDatabase(":memory:");
  assert.equal(await openReader(":memory:", kv), kv);
  assert.equal(await openReader(null, kv), kv);
  assert.equal(await openReader("http://localhost:1", kv), kv);
  kv.close();
});

Deno.test("openDatabase() refuses another schema", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { kv } = await openDatabase(path);
    // The first one counted in other key spaces.
    for (const version of [1, 99]) {
      await kv.set(["schema"], version);
      await assert.rejects(openDatabase(path), {
        name: "DatabaseError",
        message:
          `The database must have schema 2, got ${version}: another version of modelab wrote it. Use that version, or another file`,
      });
    }
    kv.close();
  });
});

Deno.test("openDatabase() refuses what something else wrote", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const kv = await Deno.openKv(path);
    await kv.set(["users", 1], "Ada");
    kv.close();
    await assert.rejects(openDatabase(path), {
      name: "DatabaseError",
      message: /must be empty or modelab's, got one with "users" in it/,
    });
  });
});

Deno.test("openDatabase() says which path it cannot open", async () => {
  await assert.rejects(openDatabase("/proc/none/data.kv"), {
    name: "DatabaseError",
    message: /^Cannot open the database \/proc\/none\/data.kv: /,
  });
});

Deno.test("snapshot() copies a database that is open", async () => {
  await withDirectory(async (directory) => {
    const [path, copy] = [join(directory, "data.kv"), join(directory, "copy")];
    const { kv } = await openDatabase(path);
    await kv.set(["a", "b"], new Uint8Array([7]));
    await snapshot(path, copy);
    kv.close();
    const copied = (await openDatabase(copy)).kv;
    assert.deepEqual(
      (await copied.get(["a", "b"])).value,
      new Uint8Array([7]),
    );
    copied.close();
  });
});

Deno.test("snapshot() says that there is no database", async () => {
  await assert.rejects(snapshot("/none/data.kv", "/none/copy"), DatabaseError);
});
