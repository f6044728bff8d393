import assert from "node:assert/strict";
import { KvFlagReader } from "../../storage/kv/reader.ts";
import { runVerify } from "../processes/run_verify.ts";
import type { SoakResult } from "./soak.ts";
import { STORIES } from "./soak_batch.ts";

/**
 * That no acknowledged record was lost and none counted twice, and that a
 * server which was left alone took no more memory and no more files.
 *
 * @param path The database that the soak left.
 */
export async function assertSoaked(
  path: string,
  { batches, memory, files }: SoakResult,
): Promise<void> {
  const { code, output } = await runVerify(path);
  assert.equal(code, 0, output);
  const kv = await Deno.openKv(path);
  const reader = new KvFlagReader(kv, Date.now);
  const evaluation = await reader.evaluateFlag("soak");
  kv.close();
  const sum = (name: "assignments" | "executions" | "successes" | "failures") =>
    evaluation?.variants.reduce((total, v) => total + v[name], 0);
  const stories = batches * STORIES;
  // Every batch was sent until it was acknowledged.
  assert.equal(sum("assignments"), stories);
  assert.equal(sum("executions"), stories);
  assert.equal(sum("failures"), batches * Math.ceil(STORIES / 3));
  assert.equal(
    sum("successes"),
    stories - batches * Math.ceil(STORIES / 3),
  );
  const [early, late] = [memory.slice(5, 10), memory.slice(15)].map(median);
  if (early === undefined || late === undefined) return;
  assert.ok(late < early * 1.3 + 40e6, `${early} bytes, then ${late}`);
  const [before, after] = [files.slice(5, 10), files.slice(15)].map(median);
  assert.ok((after ?? 0) <= (before ?? 0) + 10, `${before}, ${after} files`);
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
