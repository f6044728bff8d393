import assert from "node:assert/strict";
import { checkVerdict } from "../../engine/analysis/verdict/check_verdict.ts";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { mixedUser } from "../../engine/analysis/testing/mixed_user.ts";
import {
  perUserFigure,
  REFERENCE_METRICS,
} from "../../engine/analysis/testing/per_user_figures.ts";
import {
  type Behaviour,
  seeded,
  simulatedUser,
} from "../../engine/analysis/testing/simulated_users.ts";
import type { IngestBatch } from "../../engine/records.ts";
import { tQuantile } from "../../engine/statistics/t_distribution.ts";
import { readFlag } from "../../server/flags.ts";
import { ingest } from "../../server/ingest.ts";
import type { Service } from "../../server/service.ts";
import { get, post, withService } from "../../server/testing/with_service.ts";
import { shuffled, wireRecords, type WireUser } from "./wire_records.ts";

const FLAG = "a reply/model";
const PATH = `/api/v1/flags/${encodeURIComponent(FLAG)}`;

/** Sends records through the route, in an order of their own. */
async function send(
  service: Service,
  batch: IngestBatch,
  random: () => number,
): Promise<void> {
  const records = [
    ...batch.assignments.map((record) => ["assignments", record] as const),
    ...batch.executions.map((record) => ["executions", record] as const),
    ...batch.events.map((record) => ["events", record] as const),
  ];
  // A tenth comes twice.
  const sent = shuffled(
    [...records, ...records.filter(() => random() < 0.1)],
    random,
  );
  const parts: (typeof sent)[] = [];
  for (let from = 0; from < sent.length; from += 400) {
    parts.push(sent.slice(from, from + 400));
  }
  // Some at once, so that they race; more than a few of one client are refused.
  while (parts.length > 0) {
    await Promise.all(
      parts.splice(0, 4).map((part) => sendPart(service, part)),
    );
  }
}

async function sendPart(
  service: Service,
  part: readonly (readonly [kind: string, record: unknown])[],
): Promise<void> {
  const body: { [kind: string]: unknown[] } = {};
  for (const [kind, record] of part) (body[kind] ??= []).push(record);
  const response = await ingest(service, post("/api/v1/ingest", body), null);
  const { rejected } = await response.json();
  assert.equal(response.status, 200);
  assert.deepEqual(rejected, []);
}

async function read(service: Service, rest: string): Promise<unknown> {
  const response = await readFlag(service, get(PATH + rest));
  assert.equal(response.status, 200);
  return await response.json();
}

async function analysisOf(service: Service): Promise<FlagAnalysis> {
  const body = await read(service, "");
  assert.ok(typeof body === "object" && body !== null && "analysis" in body);
  // The server's own tests hold it against the description.
  return body.analysis as FlagAnalysis;
}

function usersOf(
  count: number,
  make: (variant: string) => WireUser["assignments"],
): WireUser[] {
  return Array.from({ length: count }, (_, n) => {
    const variant = n % 2 === 0 ? "control" : "treatment";
    return { id: `user-${n}`, variant, assignments: make(variant) };
  });
}

const close = (actual: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1e-6, Math.abs(expected)),
    `${what}: ${actual} for ${expected}`,
  );

Deno.test("what was sent, in any order and partly twice, is analysed as the raw records say", async () => {
  const random = seeded(11);
  const users = usersOf(500, () => mixedUser(random));
  await withService(async (service) => {
    await send(service, wireRecords(users, FLAG), random);
    const { metrics, health, variant_names } = await analysisOf(service);
    assert.deepEqual(variant_names, ["control", "treatment"]);
    const arms = variant_names.map((name) =>
      users.filter(({ variant }) => variant === name)
        .map(({ assignments }) => assignments)
    );
    for (const kind of REFERENCE_METRICS) {
      const id = kind.startsWith("event_") ? `${kind}:rated` : kind;
      const found = metrics.find(({ metric }) => metric === id);
      arms.forEach((arm, place) => {
        const figure = perUserFigure(id, arm);
        const shown = found?.variants[place];
        close(shown?.estimate ?? NaN, figure?.value ?? NaN, id);
        close(
          (shown?.interval?.upper ?? NaN) - (shown?.estimate ?? NaN),
          -tQuantile(0.025, arm.length - 1) * (figure?.standardError ?? NaN),
          id,
        );
      });
    }
    assert.equal(health.users_in_several_variants, 0);
    assert.equal(health.split.source, "setup");
    health.unmarked.variants.forEach(({ unmarked }, place) =>
      assert.equal(
        unmarked,
        arms[place]?.flat().filter(({ outcome }) => outcome === undefined)
          .length,
      )
    );
  });
});

Deno.test("quantiles are those of the raw latencies, within the sketch's 0.8%", async () => {
  const random = seeded(12);
  const users = usersOf(
    400,
    () => simulatedUser(random, { rate: 0.5, assignments: 5 }),
  );
  await withService(async (service) => {
    await send(service, wireRecords(users, FLAG), random);
    const { metrics, distributions } = await analysisOf(service);
    for (const [place, name] of ["control", "treatment"].entries()) {
      const latencies = users.filter(({ variant }) => variant === name)
        .flatMap(({ assignments }) => assignments)
        .flatMap(({ calls = [] }) => calls)
        .map(({ latencyMs = 0 }) => latencyMs).sort((a, b) => a - b);
      for (const share of [0.5, 0.9, 0.95]) {
        const exact = latencies[Math.ceil(share * latencies.length) - 1] ?? 0;
        const shown = metrics.find(({ metric }) =>
          metric === `latency_p${share * 100}`
        )?.variants[place];
        const next = latencies[Math.ceil(share * latencies.length)] ?? 0;
        const slack = 0.008 * exact + (next - exact);
        assert.ok(
          Math.abs((shown?.estimate ?? 0) - exact) <= slack,
          `${name} p${share * 100}: ${shown?.estimate} for ${exact}`,
        );
        assert.ok((shown?.interval?.lower ?? Infinity) < exact);
        assert.ok((shown?.interval?.upper ?? 0) > exact);
      }
      assert.equal(
        distributions.find(({ metric }) => metric === "latency")
          ?.variants[place]?.count,
        latencies.length,
      );
    }
  });
});

const BEHAVIOURS: { readonly [variant: string]: Behaviour } = {
  control: { rate: 0.5, assignments: 2 },
  treatment: { rate: 0.65, assignments: 2, cost: 0.004 },
};

Deno.test("a variant that is better is shipped from what was sent, and its verdict recomputes", async () => {
  const random = seeded(13);
  const users = usersOf(
    1200,
    (variant) => simulatedUser(random, BEHAVIOURS[variant] ?? { rate: 0 }),
  );
  await withService(async (service) => {
    await send(service, wireRecords(users, FLAG), random);
    const { decision } = await analysisOf(service);
    assert.equal(decision.action, "ship", decision.reason);
    assert.equal(decision.variant, "treatment");
    assert.match(decision.reason, /but a cost per call of /);
    const file = await read(service, "/verdict");
    const { disagreements, reason } = await checkVerdict(file);
    assert.deepEqual(disagreements, []);
    assert.equal(reason, decision.reason);
  });
});
