import assert from "node:assert/strict";
import { Ledger } from "../../storage/kv/ledger.ts";
import { LOCAL_LIMITS } from "../../storage/kv/limits.ts";
import { KvFlagReader } from "../../storage/kv/reader.ts";
import {
  assignment,
  execution,
  incoming,
} from "../../storage/kv/testing/records.ts";
import { withKv } from "../../storage/kv/testing/with_kv.ts";
import { LimitedReader } from "./limited_reader.ts";

Deno.test("LimitedReader shows the flags with the prefix, and nothing of others", async () => {
  await withKv(async (kv) => {
    await new Ledger(kv, { limits: LOCAL_LIMITS }).ingest(
      incoming({
        assignments: [
          assignment("a", { flag_name: "team-a/x" }),
          assignment("b", { flag_name: "team-b/x" }),
        ],
        executions: [execution("c", { flag_name: "team-a/x" })],
      }),
      0,
    );
    const reader = new LimitedReader(new KvFlagReader(kv), {
      id: "key",
      isSession: false,
      scopes: ["read"],
      flagPrefix: "team-a/",
    });
    const seen = async (flag: string, id: string): Promise<boolean[]> => [
      await reader.evaluateFlag(flag) !== null,
      await reader.readStatistics(flag) !== null,
      await reader.readHealth(flag) !== null,
      (await reader.listRecords(flag)).records.length > 0,
      await reader.readStory(id) !== null,
    ];
    assert.deepEqual(await seen("team-a/x", "a"), Array(5).fill(true));
    assert.deepEqual(await seen("team-b/x", "b"), Array(5).fill(false));
    assert.equal(await reader.readStory("c"), null);
  });
});
