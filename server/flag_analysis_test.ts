import assert from "node:assert/strict";
import { checkVerdict } from "../engine/analysis/verdict/check_verdict.ts";
import { analyzed, simulated } from "../engine/analysis/testing/analyzed.ts";
import { assignment, incoming } from "../storage/kv/testing/records.ts";
import { readEvaluation } from "./flag_analysis.ts";
import { readFlag } from "./flags.ts";
import { openApi } from "./openapi.ts";
import type { Service } from "./service.ts";
import { assertDescribed } from "./testing/assert_described.ts";
import { get, withService } from "./testing/with_service.ts";

const DESCRIPTION = openApi({ maxRecords: 1, maxBodyBytes: 1 });

/** Answers for flags of these names, each with two variants. */
async function withFlags(
  names: readonly string[],
  use: (service: Service) => Promise<void>,
): Promise<void> {
  await withService(async (service) => {
    await service.ledger.ingest(
      incoming({
        assignments: names.flatMap((flag_name, n) =>
          ["control", "treatment"].map((variant_name) =>
            assignment(`a${n}${variant_name}`, {
              flag_name,
              variant_name,
              user_id: `u${variant_name}`,
            })
          )
        ),
      }),
      0,
    );
    await use(service);
  });
}

async function read(
  service: Service,
  rest: string,
): Promise<{ status: number; body: { [field: string]: unknown } }> {
  const response = await readFlag(service, get(`/api/v1/flags/${rest}`));
  return { status: response.status, body: await response.json() };
}

Deno.test("readFlag() answers with the analysis, as the description says", async () => {
  await withFlags(["reply"], async (service) => {
    const { status, body } = await read(service, "reply");
    assert.equal(status, 200);
    assertDescribed(DESCRIPTION, "FlagEvaluation", body);
  });
});

Deno.test("an analysis with every kind of figure is as the description says", () => {
  const analysis = analyzed(
    simulated({
      a: { users: 400, rate: 0.5 },
      b: { users: 400, rate: 0.7, cost: 0.02, unmarked: 0.2 },
      c: { users: 20, rate: 0.5, cost: null },
    }).build(),
    { accepted_checks: ["sample_ratio"], weights: { a: 1, b: 1, c: 1 } },
  );
  assert.notEqual(analysis.decision.trade_offs.length, 0);
  assertDescribed(
    DESCRIPTION,
    "Analysis",
    JSON.parse(JSON.stringify(analysis)),
  );
});

Deno.test("readFlag() answers with a verdict file that recomputes, as the description says", async () => {
  await withFlags(["reply"], async (service) => {
    const { body } = await read(
      service,
      "reply/verdict?alpha=0.1&control=treatment",
    );
    assertDescribed(DESCRIPTION, "Verdict", body);
    const { disagreements, figures } = await checkVerdict(body);
    assert.deepEqual(disagreements, []);
    assert.ok(figures > 20);
  });
});

Deno.test("readFlag() takes a/verdict as the verdict of a, else as the flag a/verdict", async () => {
  await withFlags(["a", "a/verdict", "b/verdict"], async (service) => {
    const found = async (rest: string): Promise<string> => {
      const { body } = await read(service, rest);
      return `${body["flag_name"]} ${"sha256" in body ? "verdict" : "flag"}`;
    };
    assert.equal(await found("a/verdict"), "a verdict");
    assert.equal(await found("a%2Fverdict"), "a/verdict flag");
    assert.equal(await found("b/verdict"), "b/verdict flag");
    assert.equal(await found("a/verdict/verdict"), "a/verdict verdict");
  });
});

Deno.test("readFlag() refuses parameters that cannot be, with what was required", async () => {
  await withFlags(["a"], async (service) => {
    for (const rest of ["a", "a/verdict"]) {
      for (
        const [query, detail] of [
          ["alpha=2", 'alpha must be a number from 0.0001 to 0.4, got "2"'],
          [
            "control=c",
            'control must be a variant of the flag: control, treatment, got "c"',
          ],
          ["accept=x", /^accept must be sample_ratio or .*, got "x"$/],
          ["metric=x", /^metric must be a metric of the flag: .*, got "x"$/],
          ["guardrail=x:0.1", /^guardrail must be a metric of the flag: /],
        ] as const
      ) {
        const { status, body } = await read(service, `${rest}?${query}`);
        assert.equal(status, 400);
        if (typeof detail === "string") assert.equal(body["detail"], detail);
        else assert.match(String(body["detail"]), detail);
      }
    }
  });
});

Deno.test("readFlag() answers 404 for a flag that is not there, whatever the parameters", async () => {
  await withFlags(["a"], async (service) => {
    for (const rest of ["b", "b/verdict", "b?alpha=2", "b/verdict?alpha=2"]) {
      assert.equal((await read(service, rest)).status, 404, rest);
    }
  });
});

Deno.test("readEvaluation() analyses the same figures once for the same question", async () => {
  await withFlags(["a"], async (service) => {
    const analysis = async (query = ""): Promise<unknown> => {
      const params = new URLSearchParams(query);
      const read = await readEvaluation(service.reader, "a", params);
      return read !== null && "evaluation" in read && read.evaluation.analysis;
    };
    const first = await analysis();
    assert.ok(first);
    assert.equal(await analysis(), first);
    const other = await analysis("control=treatment");
    assert.notDeepEqual(other, first);
    assert.deepEqual(await analysis(), first);

    await service.ledger.ingest(
      incoming({
        assignments: [
          assignment("later", { flag_name: "a", variant_name: "control" }),
        ],
      }),
      0,
    );
    assert.notDeepEqual(await analysis(), first);
  });
});
