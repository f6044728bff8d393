/**
 * `deno task verify`: recounts the ledger, and compares the result with every
 * counter. Exits with 1 when they differ. A local database is copied first,
 * so that its server can go on; servers on a remote one must be stopped.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { DatabaseError, isUrl, openDatabase } from "../storage/kv/database.ts";
import { snapshot } from "../storage/kv/snapshot.ts";
import { verify } from "../storage/kv/verify.ts";
import type { Verification } from "../storage/kv/verify.ts";
import { ConfigError, readConfig } from "./config.ts";

async function verifyPath(path: string | null): Promise<Verification> {
  if (path === null || isUrl(path)) return await verifyDatabase(path);
  // Beside the database: nowhere else may anything be written.
  const directory = await Deno.makeTempDir({
    dir: dirname(path),
    prefix: "modelab_verify_",
  });
  try {
    const copy = join(directory, "copy.kv");
    await snapshot(path, copy);
    return await verifyDatabase(copy);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function verifyDatabase(path: string | null): Promise<Verification> {
  const { kv } = await openDatabase(path);
  try {
    return await verify(kv, Date.now());
  } finally {
    kv.close();
  }
}

function report(found: Verification): void {
  for (const { key, recounted, counted } of found.mismatches) {
    console.log(
      `MISMATCH ${key}: the records add up to ${recounted ?? "nothing"}, ` +
        `the counter says ${counted ?? "nothing"}`,
    );
  }
  console.log(
    `${found.records} records of ${found.assignments} assignments, ` +
      `${found.orphans} without assignment, ${found.uncounted} not counted ` +
      `yet; ${found.counters} counters, ${found.mismatches.length} mismatches`,
  );
}

try {
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const found = await verifyPath(kvPath);
  report(found);
  if (found.mismatches.length > 0) Deno.exit(1);
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError;
  console.error(expected ? `modelab cannot verify: ${error.message}` : error);
  Deno.exit(1);
}
