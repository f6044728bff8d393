import assert from "node:assert/strict";
import { npmMissing, RUNTIMES } from "./runtime.ts";
import { testdata, withSdkProject } from "./sdk_project.ts";

/** A million by hand: `MODELAB_TEST_ASSIGNMENTS=1000000`. */
const USERS = Number(Deno.env.get("MODELAB_TEST_ASSIGNMENTS") ?? 100_000);

// What docs/sdk.md says of 10,000 records, and a third more for what runs
// beside. A leak of 200 bytes for each assignment would be beyond it, and so
// would be the requests of 10 KB out of which the user ids were cut.
const MAX_HEAP = 16_000_000;

Deno.test({
  name: "memory is bounded by the queue while the server is down",
  ignore: npmMissing,
  async fn() {
    const files = { "overload.js": testdata("overload.js") };
    await withSdkProject(files, async (project) => {
      for (const runtime of RUNTIMES) {
        if (runtime.missing) continue;
        // Nobody listens at the port of discarding.
        const { code, stdout, stderr } = await project.run(
          runtime,
          "overload.js",
          "http://127.0.0.1:9",
          String(USERS),
        );
        assert.equal(code, 0, stderr);
        const { end, stats } = JSON.parse(stdout);
        assert.deepEqual([stats.queued, stats.dropped], [
          10_000,
          USERS - 10_000,
        ]);
        assert.ok(end < MAX_HEAP, `${runtime.name}: ${end} bytes`);
      }
    });
  },
});
