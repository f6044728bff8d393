import assert from "node:assert/strict";
import { join } from "node:path";
import type { RecordKind } from "../../engine/records.ts";
import { ingest } from "../../server/ingest.ts";
import { post, withService } from "../../server/testing/with_service.ts";
import { verify } from "../../storage/kv/verify.ts";
import { ROOT } from "../processes/root.ts";
import { assertCounted } from "./assert_counted.ts";
import type { Counted } from "./assert_counted.ts";

interface Wire {
  readonly flag: string;
  readonly counted: { readonly [variant: string]: Counted };
  readonly requests: readonly {
    readonly path: string;
    readonly body: string;
  }[];
}

const wire: Wire = JSON.parse(
  Deno.readTextFileSync(join(ROOT, "tests/vectors/python_wire.json")),
);

function kindOf(path: string): RecordKind {
  const kind = path.slice("/api/v1/ingest/".length);
  if (kind === "assignments" || kind === "executions" || kind === "events") {
    return kind;
  }
  throw new Error(`The Python client sends nothing to ${path}`);
}

for (
  const [order, requests] of [
    ["as they were sent", wire.requests],
    [
      "backwards, each of them twice",
      wire.requests.toReversed().flatMap((r) => [r, r]),
    ],
  ] as const
) {
  Deno.test(`what the Python client sent counts as it counted: ${order}`, async () => {
    await withService(async (service, kv) => {
      for (const { path, body } of requests) {
        const response = await ingest(service, post(path, body), kindOf(path));
        assert.equal(response.status, 200);
        assert.deepEqual((await response.json()).rejected, []);
      }
      const evaluation = await service.reader.evaluateFlag(wire.flag);
      assert.ok(evaluation);
      assertCounted(evaluation, wire.counted);
      assert.deepEqual(evaluation.variants.map(({ config }) => config), [
        { model: "gpt-4o-mini" },
        { model: "gpt-4o", süß: true },
      ]);
      assert.deepEqual((await verify(kv, Date.now())).mismatches, []);
    });
  });
}
