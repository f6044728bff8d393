import { archivedKey, archivedPrefix } from "./keys.ts";

/**
 * Archives a flag, or takes it out of the archive: an archived flag is not
 * listed, and otherwise as it was.
 *
 * @param archivedAt Epoch milliseconds; null takes it out.
 */
export async function archiveFlag(
  kv: Deno.Kv,
  flag: string,
  archivedAt: number | null,
): Promise<void> {
  if (archivedAt === null) await kv.delete(archivedKey(flag));
  else await kv.set(archivedKey(flag), archivedAt);
}

/** The names of the archived flags. */
export async function archivedFlags(kv: Deno.Kv): Promise<Set<string>> {
  const flags = new Set<string>();
  for await (const { key } of kv.list({ prefix: archivedPrefix() })) {
    flags.add(String(key[1]));
  }
  return flags;
}
