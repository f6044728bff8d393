import { evaluate, init, shutdown, stats } from "@modelab/sdk";
import type { ReportCode } from "@modelab/sdk";
import { emptyCount } from "./app_count.ts";
import { countDifferences } from "./count_differences.ts";
import { DemoClock } from "./demo_clock.ts";
import { figureTable } from "./figure_table.ts";
import { PROMPT_FLAG_NAME, runPromptChange } from "./prompt_change.ts";
import { progressOn } from "./progress.ts";
import { REPLY_FLAG, SOLVED_RATE } from "./reply_flag.ts";
import { runTraffic } from "./run_traffic.ts";
import { standIn } from "./stand_in.ts";
import { SupportApp } from "./support_app.ts";
import { trueFigures } from "./true_figures.ts";

/** What a run of the demo needs. */
export interface DemoRun {
  /** The address of modelab's server. */
  readonly server: string;
  readonly apiKey: string;
  readonly readKey: string;
  readonly users: number;
  /** Whether progress can be shown in place. */
  readonly terminal: boolean;
  readonly write: (text: string) => void;
}

/**
 * Runs the app's traffic, and prints what the server says of it.
 *
 * @returns Whether the server counted what the app counted.
 */
export async function runDemo(run: DemoRun): Promise<boolean> {
  const { users, terminal, write } = run;
  using clock = new DemoClock();
  const reported = start(run);
  const before = await evaluate(REPLY_FLAG.name);
  if (reported.has("evaluation_failed")) return false;
  const refusal = await refusalOf(run);
  if (refusal !== null) {
    write(`modelab: Cannot send records to ${run.server}: ${refusal}\n`);
    return false;
  }
  const provider = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    standIn,
  );
  const app = new SupportApp(`http://127.0.0.1:${provider.addr.port}`);
  try {
    await runTraffic(app, users, clock, progressOn(terminal, users, write));
  } finally {
    await provider.shutdown();
  }
  const after = await evaluate(REPLY_FLAG.name);
  const { sent, queued, rejected, dropped } = stats();
  await shutdown();
  const changed = await runPromptChange({ ...run, clock });
  const lost = queued + rejected + dropped + changed.lost;
  write(`${sent + changed.sent} records are durable, ${lost} are not\n`);
  const page = (flag: string): string =>
    `${run.server}/flags/${encodeURIComponent(flag)}`;
  write(`Dashboard: ${page(REPLY_FLAG.name)}\n`);
  write(
    `A flag whose prompt was changed meanwhile: ${page(PROMPT_FLAG_NAME)}\n\n`,
  );
  if (after === null) return false;

  write(figureTable(after, (variant) => ({
    counted: app.counts.get(variant) ?? emptyCount(),
    figures: trueFigures(modelOf(variant), SOLVED_RATE[variant] ?? 0),
  })));
  const reason = after.analysis?.decision.reason;
  if (reason !== undefined) write(`\n\n${reason}`);
  const differences = countDifferences(before, after, app.counts);
  write(`\n\n${verdict(differences)}\n`);
  if (before !== null) {
    write("What was measured includes earlier runs on this server.\n");
  }
  return differences.length === 0;
}

/**
 * Why the server takes no records, or null when it does. The SDK would go on
 * trying, in case somebody puts a wrong key right: a demo is not worth the wait.
 */
async function refusalOf(
  { server, apiKey }: DemoRun,
): Promise<string | null> {
  const response = await fetch(`${server}/api/v1/ingest`, {
    method: "POST",
    headers: apiKey === "" ? {} : { "x-api-key": apiKey },
    body: "{}",
  });
  const text = await response.text();
  return response.ok ? null : `status ${response.status}: ${text}`;
}

/** Sets up the SDK; returns the codes of what it reports, as it reports it. */
function start(
  { server, apiKey, readKey, write }: DemoRun,
): ReadonlySet<ReportCode> {
  const reported = new Set<ReportCode>();
  init({
    server,
    apiKey,
    readKey,
    flags: [REPLY_FLAG],
    // A day of the app takes so little time that more is made at once than can
    // be sent at once.
    maxQueue: 1_000_000,
    flushTimeoutMs: 60_000,
    onError: ({ code, message }) => {
      // Before the first run there is nothing to evaluate; and a wrong key is
      // wrong for every batch.
      if (code !== "evaluation_empty" && !reported.has(code)) {
        write(`modelab: ${message}\n`);
      }
      reported.add(code);
    },
  });
  return reported;
}

function modelOf(
  variantName: string,
): (typeof REPLY_FLAG)["variants"][number]["config"]["model"] {
  const variant = REPLY_FLAG.variants.find(({ name }) => name === variantName);
  if (variant === undefined) {
    throw new Error(`The server knows a variant ${variantName}, the app none`);
  }
  return variant.config.model;
}

function verdict(differences: readonly string[]): string {
  return differences.length === 0
    ? "The server counted exactly what the app counted."
    : differences.join("\n");
}
