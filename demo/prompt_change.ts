import { Modelab } from "@modelab/sdk";
import type { Flag } from "@modelab/sdk";
import { callCost } from "./call_cost.ts";
import { customerOf } from "./customer.ts";
import type { DemoClock } from "./demo_clock.ts";
import { MODELS } from "./models.ts";
import { arrivals, dayOf } from "./past_days.ts";
import { integerFrom, logNormal, seededRandom } from "./random.ts";

/** An experiment of which somebody changes the prompt while it runs. */
export const PROMPT_FLAG_NAME = "support-prompt-demo";

/** Of all customers, those who come to this flag, too: one in so many. */
const ONE_IN = 4;
/** The part of them who come before the change. */
const BEFORE = 2 / 3;
const MODEL = MODELS["reply-small"];

/** What a release of the app holds, and how many of its customers it helps. */
interface Release {
  readonly prompt: string;
  readonly solvedRate: number;
}

const RELEASES: readonly [Release, Release] = [
  { prompt: "Answer politely.", solvedRate: 0.58 },
  { prompt: "Answer politely, step by step.", solvedRate: 0.72 },
];
const SHORT_SOLVED_RATE = 0.58;

/** Where the records go. */
export interface PromptChange {
  readonly server: string;
  readonly apiKey: string;
  /** Customers of the whole demo. */
  readonly users: number;
  readonly clock: DemoClock;
}

/**
 * Sends customers to an app whose second release has another prompt under the
 * same variant's name: what that variant shows afterwards mixes both.
 *
 * @returns How many records are durable, and how many are not.
 */
export async function runPromptChange(
  { server, apiKey, users, clock }: PromptChange,
): Promise<{ readonly sent: number; readonly lost: number }> {
  const times = arrivals(Math.ceil(users / ONE_IN), Date.now());
  const change = Math.floor(times.length * BEFORE);
  let [sent, lost] = [0, 0];
  for (const [at, release] of RELEASES.entries()) {
    const app = new Modelab({
      server,
      apiKey,
      flags: [flagOf(release)],
      maxQueue: 1_000_000,
      flushTimeoutMs: 60_000,
    });
    const [from, to] = at === 0 ? [0, change] : [change, times.length];
    for (let n = from; n < to; n++) {
      const time = times[n] ?? 0;
      // Each day is sent before the next begins, as an app would send it.
      if (n > from && dayOf(time) > dayOf(times[n - 1] ?? 0)) await app.flush();
      clock.time = time;
      serve(app, n, release);
    }
    clock.time = null;
    await app.shutdown();
    const stats = app.stats();
    sent += stats.sent;
    lost += stats.queued + stats.rejected + stats.dropped;
  }
  return { sent, lost };
}

function flagOf({ prompt }: Release): Flag {
  return {
    name: PROMPT_FLAG_NAME,
    variants: [
      { name: "short", config: { prompt: "Answer in one sentence." } },
      { name: "polite", config: { prompt } },
    ],
  };
}

function serve(app: Modelab, n: number, { solvedRate }: Release): void {
  const { id, sessionId, solved } = customerOf(n + 1);
  const assignment = app.assign(PROMPT_FLAG_NAME, { userId: id, sessionId });
  if (assignment === null) return;
  const random = seededRandom(n);
  const inputTokens = integerFrom(random, MODEL.promptTokens);
  const outputTokens = integerFrom(random, MODEL.completionTokens);
  assignment.record(undefined, {
    latencyMs: logNormal(random, MODEL.medianLatencyMs, MODEL.latencySigma),
    inputTokens,
    outputTokens,
    cost: callCost({
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      prompt_tokens_details: { cached_tokens: 0 },
    }, MODEL.price),
  });
  const rate = assignment.variantName === "polite"
    ? solvedRate
    : SHORT_SOLVED_RATE;
  if (solved(rate) === true) assignment.markSuccess();
  if (solved(rate) === false) assignment.markFailure();
}
