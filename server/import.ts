/**
 * `deno task import < file`: brings an export into an empty database.
 *
 * @module
 */

import { DatabaseError, openDatabase } from "../storage/kv/database.ts";
import type { Incoming } from "../storage/kv/entry.ts";
import { importedOf, isEmpty } from "../storage/kv/import_records.ts";
import { Ledger } from "../storage/kv/ledger.ts";
import { ConfigError, readConfig } from "./config.ts";
import { ExportError, readExport } from "./export_format.ts";
import {
  assignmentSchema,
  eventSchema,
  executionSchema,
} from "./validation/records.ts";

const BATCH = 1000;
const NONE = { assignments: [], executions: [], events: [] };

/** What became of the records. */
interface Counts {
  accepted: number;
  duplicates: number;
}

async function run(args: readonly string[]): Promise<Counts> {
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const { kv, limits } = await openDatabase(kvPath);
  const ledger = new Ledger(kv, { limits });
  const counts = { accepted: 0, duplicates: 0 };
  try {
    if (!args.includes("--continue") && !await isEmpty(kv)) {
      throw new ConfigError(
        `The database ${kvPath} must have no records, or --continue be given to go on with an import that was broken off`,
      );
    }
    let batch: Incoming[] = [];
    const text = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
    for await (const line of readExport(text)) {
      batch.push(...incomingOf(line));
      if (batch.length < BATCH) continue;
      await take(ledger, batch, counts);
      batch = [];
    }
    await take(ledger, batch, counts);
    await ledger.foldAll();
    return counts;
  } finally {
    await ledger.drain();
    kv.close();
  }
}

type Line = Parameters<typeof importedOf>[0] & {
  readonly kind: "assignment" | "execution" | "event";
  readonly record: unknown;
};

function incomingOf(line: Line): Incoming[] {
  switch (line.kind) {
    case "assignment": {
      const record = checked(assignmentSchema.check(line.record));
      return importedOf(line, { ...NONE, assignments: [record] });
    }
    case "execution": {
      const record = checked(executionSchema.check(line.record));
      return importedOf(line, { ...NONE, executions: [record] });
    }
    case "event": {
      const record = checked(eventSchema.check(line.record));
      return importedOf(line, { ...NONE, events: [record] });
    }
  }
}

function checked<T>(
  result: { readonly ok: true; readonly value: T } | {
    readonly ok: false;
    readonly field: string;
    readonly message: string;
  },
): T {
  if (result.ok) return result.value;
  throw new ExportError(`${result.field} ${result.message}`);
}

async function take(
  ledger: Ledger,
  batch: readonly Incoming[],
  counts: Counts,
): Promise<void> {
  for (const verdict of await ledger.ingest(batch, 0)) {
    if (verdict === "accepted") counts.accepted++;
    else if (verdict === "duplicate") counts.duplicates++;
    else throw new ExportError(`${verdict.field} ${verdict.message}`);
  }
}

try {
  const { accepted, duplicates } = await run(Deno.args);
  console.log(
    `${accepted} records are taken; ${duplicates} were there already`,
  );
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError || error instanceof ExportError;
  console.error(expected ? `modelab import: ${error.message}` : error);
  Deno.exit(1);
}
