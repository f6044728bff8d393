import type { QueuedRecord } from "../http/record_buffer.ts";

const KINDS = {
  a: "assignments",
  x: "executions",
  e: "events",
} as const;

const LETTERS = { assignments: "a", executions: "x", events: "e" } as const;

/** What a spool's file held. */
export interface SpoolLines {
  readonly records: readonly QueuedRecord[];
  /** Lines that are torn, or no records. */
  readonly damaged: number;
}

/**
 * A record as a line of a spool's file: a letter for its kind, its time, a
 * space, its JSON and a line feed, which JSON writes as `\n`.
 */
export function formatLine({ kind, json, micros }: QueuedRecord): string {
  return `${LETTERS[kind]}${micros} ${json}\n`;
}

/**
 * Reads what `formatLine()` wrote. A line that was torn by a crash, or spoilt
 * on the disk, is counted and left out.
 *
 * @example
 * ```ts
 * import { formatLine, parseLines } from "./spool_line.ts";
 * import assert from "node:assert/strict";
 *
 * const line = formatLine({ kind: "events", json: '{"a":1}', micros: 7 });
 * assert.equal(line, 'e7 {"a":1}\n');
 * assert.deepEqual(parseLines(line + line.slice(0, 6)), {
 *   records: [{ kind: "events", json: '{"a":1}', micros: 7 }],
 *   damaged: 1,
 * });
 * ```
 */
export function parseLines(text: string): SpoolLines {
  const lines = text.split("\n");
  const torn = lines.pop() === "" ? 0 : 1;
  const records = lines.flatMap((line) => parseLine(line) ?? []);
  return { records, damaged: lines.length - records.length + torn };
}

function parseLine(line: string): QueuedRecord | null {
  const [, letter = "", time = "", json = ""] =
    /^([axe])(\d{1,16}) (\{.*\})$/.exec(line) ?? [];
  if (letter !== "a" && letter !== "x" && letter !== "e") return null;
  try {
    JSON.parse(json);
    return { kind: KINDS[letter], json, micros: Number(time) };
  } catch {
    return null;
  }
}
