import assert from "node:assert/strict";
import { join } from "node:path";
import { withDirectory } from "../../tests/processes/with_directory.ts";
import { AccessKeys } from "./access_keys.ts";
import { openDatabase } from "./database.ts";

Deno.test("AccessKeys has one secret for all that start at once on a new file", async () => {
  for (let round = 0; round < 5; round++) {
    await withDirectory(async (directory) => {
      const path = join(directory, "data.kv");
      const secrets = await Promise.all(Array.from({ length: 8 }, async () => {
        const { kv } = await openDatabase(path);
        const { sessionSecret } = await new AccessKeys(kv).load();
        return { kv, secret: sessionSecret.join() };
      }));
      for (const { kv } of secrets) kv.close();
      assert.equal(new Set(secrets.map(({ secret }) => secret)).size, 1);
    });
  }
});
