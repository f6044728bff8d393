import assert from "node:assert/strict";
import { join } from "node:path";
import { withDirectory } from "../processes/with_directory.ts";
import { SmallDisk } from "../survive/small_disk.ts";
import { assertSoaked } from "./assert_soaked.ts";
import { FakeClock } from "./fake_clock.ts";
import { soak } from "./soak.ts";

Deno.test({
  name:
    "a server that is killed, stopped, locked, backed up, left without room and told wrong times loses nothing and counts nothing twice",
  ignore: !SmallDisk.available || !FakeClock.available,
  async fn() {
    await withDirectory(async (directory) => {
      const result = await soak({
        directory,
        duration: 3000,
        pace: 300,
        writers: 3,
        say: () => {},
      });
      assert.ok(result.unavailable > 0);
      assert.deepEqual(result.faults, {
        "kill -9": 2,
        "backup": 1,
        "clock jump": 2,
        "locked database": 1,
        "SIGTERM": 1,
        "full disk": 1,
      });
      await assertSoaked(join(directory, "data.kv"), result);
    });
  },
});
