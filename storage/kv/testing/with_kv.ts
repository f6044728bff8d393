import { LOCAL_LIMITS, REMOTE_LIMITS } from "../limits.ts";
import type { CommitLimits } from "../limits.ts";

/** A KV server for the tests, whose data they delete; none by default. */
const URL = Deno.env.get("MODELAB_TEST_KV_URL") ?? "";

/** What one commit of the tests' database can hold. */
export const TEST_LIMITS: CommitLimits = URL === ""
  ? LOCAL_LIMITS
  : REMOTE_LIMITS;

/**
 * Runs a test on a database of its own: in memory, or on the KV server that
 * `MODELAB_TEST_KV_URL` names, which is emptied before.
 */
export async function withKv(
  use: (kv: Deno.Kv) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(URL === "" ? ":memory:" : URL);
  try {
    if (URL !== "") await deleteAll(kv);
    await use(kv);
  } finally {
    kv.close();
  }
}

async function deleteAll(kv: Deno.Kv): Promise<void> {
  const deletions: Promise<void>[] = [];
  for await (const { key } of kv.list({ prefix: [] })) {
    deletions.push(kv.delete(key));
  }
  await Promise.all(deletions);
}
