import type { ExportedRecord } from "../storage/kv/export_records.ts";
import { isObject } from "./validation/fields.ts";

/** How an export is written. */
export type ExportFormat = "ndjson" | "csv";

/** What of a record has a column of its own; `record` is all of it. */
const COLUMNS = [
  "kind",
  "at",
  "late",
  "timed",
  "limit",
  "assignment_id",
  "flag_name",
  "variant_name",
  "user_id",
  "session_id",
  "execution_id",
  "latency_ms",
  "ttft_ms",
  "input_tokens",
  "output_tokens",
  "cost",
  "model",
  "error",
  "event_id",
  "event_type",
  "event_name",
  "value",
  "record",
] as const;

/** A line of the export cannot be read. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

/** What stands before the records. */
export function exportHead(format: ExportFormat): string {
  return format === "csv" ? `${COLUMNS.join(",")}\r\n` : "";
}

/** A record as one line of NDJSON, or as one row of CSV (RFC 4180). */
export function exportLine(
  exported: ExportedRecord,
  format: ExportFormat,
): string {
  if (format === "ndjson") return `${JSON.stringify(exported)}\n`;
  const { record, ...envelope } = exported;
  const fields: { readonly [name: string]: unknown } = {
    ...record,
    ...envelope,
    record: JSON.stringify(record),
  };
  return `${COLUMNS.map((name) => cell(fields[name])).join(",")}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads what {@linkcode exportLine} wrote, of either format.
 *
 * @throws {ExportError} A line is none that it writes; says which.
 */
export async function* readExport(
  text: AsyncIterable<string>,
): AsyncGenerator<Omit<ExportedRecord, "record"> & { record: unknown }> {
  let format: ExportFormat | null = null;
  let number = 0;
  for await (const line of linesOf(text)) {
    number++;
    if (format === null) {
      format = line.startsWith("{") ? "ndjson" : "csv";
      if (format === "csv") {
        if (line !== COLUMNS.join(",")) throw wrong(number, line);
        continue;
      }
    }
    if (line !== "") yield parsed(line, format, number);
  }
}

/** Lines; a line break within quotes of CSV is part of its line. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let quoted = false;
  let from = 0;
  for await (const chunk of text) {
    rest += chunk;
    const isCsv = !rest.startsWith("{");
    let start = 0;
    for (let at = from; at < rest.length; at++) {
      const character = rest[at];
      if (character === '"' && isCsv) quoted = !quoted;
      if (character !== "\n" || quoted) continue;
      yield rest.slice(start, at).replace(/\r$/, "");
      start = at + 1;
    }
    rest = rest.slice(start);
    from = rest.length;
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function parsed(
  line: string,
  format: ExportFormat,
  number: number,
): Omit<ExportedRecord, "record"> & { record: unknown } {
  let value: unknown;
  try {
    value = format === "ndjson" ? JSON.parse(line) : fromCsv(line);
  } catch {
    throw wrong(number, line);
  }
  if (!isObject(value)) throw wrong(number, line);
  const { kind, at, late, timed, limit, record } = value;
  if (
    (kind === "assignment" || kind === "execution" || kind === "event") &&
    typeof at === "number" && typeof late === "boolean" &&
    typeof timed === "boolean" && (limit === null || typeof limit === "string")
  ) return { kind, at, late, timed, limit, record };
  throw wrong(number, line);
}

function fromCsv(line: string): unknown {
  const cells = Array.from(
    line.matchAll(/("(?:[^"]|"")*"|[^",]*)(,|$)/g),
    ([, text = ""]) =>
      text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text,
  );
  const of = (name: typeof COLUMNS[number]): string =>
    cells[COLUMNS.indexOf(name)] ?? "";
  return {
    kind: of("kind"),
    at: Number(of("at")),
    late: of("late") === "true",
    timed: of("timed") === "true",
    limit: of("limit") === "" ? null : of("limit"),
    record: JSON.parse(of("record")),
  };
}

function wrong(number: number, line: string): ExportError {
  return new ExportError(
    `Line ${number} must be one of an export, got ${
      JSON.stringify(line.slice(0, 60))
    }`,
  );
}
