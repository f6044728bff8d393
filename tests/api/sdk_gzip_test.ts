import assert from "node:assert/strict";
import { Modelab } from "@modelab/sdk";
import { ingest } from "../../server/ingest.ts";
import { withService } from "../../server/testing/with_service.ts";
import { assertVerified } from "../../storage/kv/testing/counters.ts";

Deno.test("the SDK compresses its batches when the server has said that it takes that", async () => {
  await withService(async (service, kv) => {
    const encodings: (string | null)[] = [];
    await using modelab = new Modelab({
      server: "http://lab.example",
      flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
      fetch: async (input, init) => {
        const request = new Request(input, init);
        encodings.push(request.headers.get("content-encoding"));
        return await ingest(service, request, null);
      },
    });
    for (let turn = 0; turn < 3; turn++) {
      for (let n = 0; n < 200; n++) {
        modelab.assign("tone", { userId: `${turn}-${n}` })?.markSuccess();
      }
      await modelab.flush();
    }
    assert.equal(modelab.stats().sent, 1_200);
    assert.deepEqual([encodings[0], encodings.at(-1)], [null, "gzip"]);
    await assertVerified(kv);
  });
});
