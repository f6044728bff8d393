import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseError, openDatabase } from "./database.ts";
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
