/**
 * A process that does nothing but write to Deno KV: sets of 280 bytes under
 * new ids, each with its check, and 6 sums in every atomic. Its arguments are
 * the databases for either kind of ids, and the sets of one atomic. Reads
 * `v4 200` or `v7 200` from its input, a line for so many commits, and
 * answers each with the seconds that they took.
 *
 * @module
 */

import { createInterface } from "node:readline";
import process from "node:process";
import { timeOrderedId } from "./time_ordered_id.ts";

const SUMS = 6;
const ROW_BYTES = 280;
/** One alone would leave the database idle between two commits. */
const IN_FLIGHT = 4;

const [v4 = "", v7 = "", rows = "100"] = Deno.args;
const value = crypto.getRandomValues(new Uint8Array(ROW_BYTES));
const databases = { v4: await Deno.openKv(v4), v7: await Deno.openKv(v7) };

async function commitRows(ids: "v4" | "v7"): Promise<void> {
  const atomic = databases[ids].atomic();
  for (let n = 0; n < SUMS; n++) atomic.sum(["total", "flag", ids, n], 1n);
  const now = Date.now();
  for (let n = 0; n < Number(rows); n++) {
    const key = [ids, ids === "v7" ? timeOrderedId(now) : crypto.randomUUID()];
    atomic.check({ key, versionstamp: null }).set(key, value);
  }
  const { ok } = await atomic.commit();
  if (!ok) throw new Error("A new id must be free, got one that was taken");
}

for await (const line of createInterface({ input: process.stdin })) {
  const [ids = "", commits = ""] = line.split(" ");
  if (ids !== "v4" && ids !== "v7") {
    throw new TypeError(`A line must begin with v4 or v7, got ${line}`);
  }
  let left = Number(commits);
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (left-- > 0) await commitRows(ids);
  }));
  console.log((performance.now() - start) / 1000);
}
for (const kv of Object.values(databases)) kv.close();
