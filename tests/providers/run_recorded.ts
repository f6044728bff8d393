import assert from "node:assert/strict";
import { lab } from "../../sdk/testing/lab.ts";
import type { ExecutionDetails } from "../../sdk/execution_details.ts";

/** A call through `run()`: what it gave, and what was recorded of it. */
export interface Recorded<T> {
  readonly value: T;
  readonly execution: Readonly<Record<string, unknown>>;
  readonly codes: readonly string[];
}

/**
 * Makes a call through `run()`.
 *
 * @param use Takes what the call gave before the records are looked at.
 */
export async function runRecorded<Reply, T>(
  call: () => Reply,
  use: (reply: Reply) => T | Promise<T>,
  details?: ExecutionDetails,
): Promise<Recorded<T>> {
  const { modelab, sent, reports } = lab();
  const assignment = modelab.assign("tone", { userId: "u" });
  assert.ok(assignment !== null);
  const value = await use(assignment.run(call, details));
  // What a stream's end sets off may take a turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const { executions } = await sent();
  assert.equal(executions.length, 1, "one call, one record");
  const [execution = {}] = executions;
  const latency = execution["latency_ms"];
  const ttft = execution["ttft_ms"];
  if (typeof ttft === "number" && typeof latency === "number") {
    assert.ok(ttft > 0 && ttft <= latency, `${ttft} of ${latency} ms`);
  }
  return { value, execution, codes: reports.map(({ code }) => code) };
}

/** Every part of a stream. */
export async function partsOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** The fields of a record that say what a call used. */
export function usageOf(
  execution: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = [
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "response_model",
  ];
  return Object.fromEntries(
    names.filter((name) => name in execution).map((name) => [
      name,
      execution[name],
    ]),
  );
}
