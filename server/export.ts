/**
 * `deno task export`: writes the ledger to the standard output.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { DatabaseError, openDatabase } from "../storage/kv/database.ts";
import { exportRecords } from "../storage/kv/export_records.ts";
import { KvFlagReader } from "../storage/kv/reader.ts";
import { ConfigError, readConfig } from "./config.ts";
import { exportHead, exportLine } from "./export_format.ts";

const encoder = new TextEncoder();

async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      format: { type: "string", default: "ndjson" },
      flag: { type: "string" },
      from: { type: "string" },
    },
  });
  const { format, flag, from } = values;
  if (format !== "ndjson" && format !== "csv") {
    throw new ConfigError(`--format must be ndjson or csv, got ${format}`);
  }
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const { kv } = await openDatabase(kvPath);
  const writer = Deno.stdout.writable.getWriter();
  try {
    if (
      flag !== undefined &&
      await new KvFlagReader(kv).evaluateFlag(flag) === null
    ) {
      throw new ConfigError(
        `--flag must be a flag that has an assignment, got ${
          JSON.stringify(flag)
        }`,
      );
    }
    if (from === undefined) {
      await writer.write(encoder.encode(exportHead(format)));
    }
    const wants = (name: string | null): boolean =>
      flag === undefined || name === flag;
    for await (const exported of exportRecords(kv, { from, wants })) {
      await writer.write(encoder.encode(exportLine(exported, format)));
    }
  } finally {
    kv.close();
  }
}

try {
  await run(Deno.args);
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError || error instanceof TypeError;
  console.error(expected ? `modelab export: ${error.message}` : error);
  Deno.exit(1);
}
