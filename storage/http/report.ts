/**
 * What a report is about:
 *
 * | code | meaning |
 * | --- | --- |
 * | `flag_setting` | a flag's settings give shares that its weights do not say |
 * | `invalid_context` | `assign()` was called without a user id; it returned null |
 * | `record_altered` | something in a record could not be sent as it was, and was replaced, cut or left out |
 * | `delivery_failed` | the server could not be reached or could not answer; the records stay queued and are sent again |
 * | `delivery_refused` | the server refused a request for good (a wrong key, say); its records are dropped |
 * | `records_rejected` | the server took a request, but not these records of it |
 * | `records_dropped` | records were given up: the queue was full, or the process ended |
 * | `evaluation_failed` | `evaluate()` got no answer, or one that is no evaluation; it returned null |
 * | `evaluation_empty` | the server knows no assignment of the flag; `evaluate()` returned null |
 */
export type ReportCode =
  | "flag_setting"
  | "invalid_context"
  | "record_altered"
  | "delivery_failed"
  | "delivery_refused"
  | "records_rejected"
  | "records_dropped"
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
export function guardHandler(handler: ReportHandler): (report: Report) => void {
  return (report) => {
    try {
      const result = handler(report);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // A fault in reporting must not reach the code that is reported on.
    }
  };
}

/**
 * Writes reports to the console: of each code one a minute, with the number
 * of those left out; reports on flags all.
 *
 * @param now Milliseconds.
 * @param write Where lines go.
 *
 * @example
 * ```ts
 * import { consoleHandler } from "./report.ts";
 * import assert from "node:assert/strict";
 *
 * const lines: string[] = [];
 * const report = consoleHandler(() => 0, (line) => lines.push(line));
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * report({ code: "delivery_failed", message: "server down", count: 3 });
 * assert.deepEqual(lines, ["modelab: server down"]);
 * ```
 */
export function consoleHandler(
  now: () => number = Date.now,
  write: (line: string) => void = (line) => console.warn(line),
): ReportHandler {
  const last = new Map<ReportCode, { time: number; omitted: number }>();
  return ({ code, message }) => {
    if (code === "flag_setting") return write(`modelab: ${message}`);
    const time = now();
    const seen = last.get(code);
    if (
      seen !== undefined && time >= seen.time && time < seen.time + QUIET_MS
    ) {
      seen.omitted++;
      return;
    }
    last.set(code, { time, omitted: 0 });
    const more = seen?.omitted ?? 0;
    write(
      `modelab: ${message}` +
        (more > 0 ? ` (and ${more} more like it)` : ""),
    );
  };
}
