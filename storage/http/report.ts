/**
 * What a report is about:
 *
 * | code | meaning |
 * | --- | --- |
 * | `flag_setting` | a flag's settings give shares that its weights do not say |
 * | `option_unknown` | `init()` was given an option that there is not, a misspelt one say |
 * | `invalid_context` | `assign()` was called without a user id; it returned null |
 * | `record_altered` | something in a record could not be sent as it was, and was replaced, cut or left out |
 * | `usage_unknown` | a response had no token counts that could be read; reported once, then counted in `stats().usageUnknown` |
 * | `delivery_failed` | the server could not be reached, or did not answer; the records stay queued and are sent again |
 * | `delivery_blocked` | the server does not take the key (401, 403), or is no modelab server (404 and other 4xx): the option that the message names has to be mended. The records stay queued, and are sent again every 30 seconds; reported once, until that changes |
 * | `delivery_refused` | the server refused the body of a request, or a record that is too large even alone; these records are dropped |
 * | `records_rejected` | the server took a request, but not these records of it |
 * | `records_dropped` | records were given up: the queue was full, or the process ended |
 * | `spool_failed` | the disk takes or gives no records; reported once, until it does again |
 * | `spool_damaged` | lines of the spool are torn or spoilt, and were left out |
 * | `evaluation_failed` | `evaluate()` got no answer, or one that is no evaluation; it returned null |
 * | `evaluation_empty` | the server knows no assignment of the flag; `evaluate()` returned null |
 */
export type ReportCode =
  | "flag_setting"
  | "option_unknown"
  | "invalid_context"
  | "record_altered"
  | "usage_unknown"
  | "delivery_failed"
  | "delivery_blocked"
  | "delivery_refused"
  | "records_rejected"
  | "records_dropped"
  | "spool_failed"
  | "spool_damaged"
  | "evaluation_failed"
  | "evaluation_empty";

/** Something that went wrong and was not thrown. */
export interface Report {
  /** What it is about. */
  readonly code: ReportCode;
  /** For people: what happened, and what comes of it. */
  readonly message: string;
  /** How many records it concerns. */
  readonly count: number;
  /** What was caught, if anything was. */
  readonly cause?: unknown;
}

/** Takes reports; called synchronously, and whatever it throws is ignored. */
export type ReportHandler = (report: Report) => unknown;

const QUIET_MS = 60_000;

/**
 * A handler that cannot throw: what the given one throws is ignored, and so is
 * the rejection of a promise that it returns.
 *
 * @example
 * ```ts
 * import { guardHandler } from "./report.ts";
 *
 * const report = guardHandler(() => {
 *   throw new Error("no log today");
 * });
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * ```
 */
export function guardHandler<T>(
  handler: (value: T) => unknown,
): (value: T) => void {
  return (value) => {
    try {
      const result = handler(value);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // A fault in reporting must not reach the code that is reported on.
    }
  };
}

/**
 * Hands reports to a handler and to a logger, neither of which can hurt the
 * other or its caller.
 *
 * @param logger The console when there is no handler either.
 *
 * @example
 * ```ts
 * import { reporter } from "./report.ts";
 * import assert from "node:assert/strict";
 *
 * const codes: string[] = [];
 * const report = reporter(({ code }) => codes.push(code));
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * assert.deepEqual(codes, ["delivery_failed"]);
 * ```
 */
export function reporter(
  onError?: ReportHandler,
  logger: Logger | undefined = onError === undefined ? console : undefined,
): (report: Report) => void {
  const tell = guardHandler(onError ?? (() => {}));
  const log = guardHandler(logger ? logReports(logger) : () => {});
  return (report) => {
    tell(report);
    log(report);
  };
}

/** Where lines are logged: `console`, and the loggers that are like it. */
export interface Logger {
  /** Takes what passes by itself, or what to know. */
  warn(line: string): unknown;
  /** Takes what cost records, or will. */
  error(line: string): unknown;
}

const LOST: ReadonlySet<ReportCode> = new Set([
  "delivery_blocked",
  "delivery_refused",
  "records_rejected",
  "records_dropped",
  "spool_damaged",
]);

/**
 * Writes reports to a logger: of each code one a minute, with the number of
 * those left out; reports on flags all.
 *
 * @param now Milliseconds, of any clock that is not set back.
 *
 * @example
 * ```ts
 * import { logReports } from "./report.ts";
 * import assert from "node:assert/strict";
 *
 * const lines: string[] = [];
 * const logger = { warn: lines.push.bind(lines), error: console.error };
 * const report = logReports(logger, () => 0);
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * assert.deepEqual(lines, ["modelab: server down"]);
 * ```
 */
export function logReports(
  logger: Logger,
  now: () => number = () => performance.now(),
): ReportHandler {
  const last = new Map<ReportCode, { time: number; omitted: number }>();
  return ({ code, message }) => {
    const time = now();
    const seen = last.get(code);
    if (
      code !== "flag_setting" && seen !== undefined &&
      time < seen.time + QUIET_MS
    ) {
      seen.omitted++;
      return;
    }
    last.set(code, { time, omitted: 0 });
    const more = seen?.omitted ?? 0;
    const line = `modelab: ${message}` +
      (more > 0 ? ` (and ${more} more like it)` : "");
    if (LOST.has(code)) logger.error(line);
    else logger.warn(line);
  };
}
