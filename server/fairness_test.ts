import assert from "node:assert/strict";
import { ingest } from "./ingest.ts";
import { serviceFor } from "./service.ts";
import { post, withService } from "./testing/with_service.ts";
import { assignment } from "../storage/kv/testing/records.ts";

Deno.test("what one key has waiting leaves room for another", async () => {
  await withService(async (service) => {
    const of = (id: string) =>
      serviceFor(service, {
        id,
        scopes: ["ingest"],
        flagPrefix: null,
        isSession: false,
      });
    const send = async (key: string, n: number): Promise<number> => {
      const records = Array.from(
        { length: 4000 },
        (_, m) => assignment(`${key}-${n}-${m}`),
      );
      const request = post("/api/v1/ingest/assignments", records);
      const response = await ingest(of(key), request, "assignments");
      await response.body?.cancel();
      return response.status;
    };
    const greedy = Array.from({ length: 6 }, (_, n) => send("greedy", n));
    const other = await send("other", 0);
    const statuses = await Promise.all(greedy);
    assert.equal(other, 200);
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [200, 200, 200, 429, 429, 429],
    );
  });
});
