import assert from "node:assert/strict";
import { assignment, execution } from "./testing/records.ts";
import { withReader } from "./testing/with_reader.ts";

Deno.test("readHealth() counts what waits, came late or was forced", async () => {
  await withReader(async ({ reader, send }) => {
    await send({
      assignments: [
        assignment("a", { overridden: true }),
        assignment("b", { assigned_at: "2026-03-01T10:59:59Z" }),
      ],
      executions: [
        execution("w", { flag_name: "flag" }),
        execution("x", { flag_name: "other" }),
        execution("y"),
        execution("z", { flag_name: "flag" }),
      ],
    });
    assert.deepEqual(await reader.readHealth("flag"), {
      waiting: 2,
      waiting_without_flag: 1,
      late: 1,
      overridden: 1,
      users_in_several_variants: 0,
    });
    await send({ assignments: [assignment("w"), assignment("y")] });
    const { waiting, waiting_without_flag } = await reader.readHealth("flag");
    assert.deepEqual([waiting, waiting_without_flag], [1, 0]);
  });
});
