import assert from "node:assert/strict";
import { join } from "node:path";
import { withDirectory } from "../processes/with_directory.ts";
import { SmallDisk } from "../survive/small_disk.ts";
import { assertSoaked } from "./assert_soaked.ts";
import { soak } from "./soak.ts";

Deno.test({
  name:
    "a server that is killed, stopped, locked, backed up and left without room loses nothing and counts nothing twice",
  ignore: !SmallDisk.available,
  async fn() {
    await withDirectory(async (directory) => {
      const result = await soak({
        directory,
        duration: 10_000,
        writers: 3,
        say: () => {},
      });
      assert.ok(result.batches > 5, String(result.batches));
      assert.ok(result.failures > 0);
      assert.ok(result.backups > 0);
      await assertSoaked(join(directory, "data.kv"), result);
    });
  },
});
