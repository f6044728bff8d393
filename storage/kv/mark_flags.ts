import { countersPrefix, flagKey, flagPrefix, foldKey } from "./keys.ts";

/** What there is of a flag's counters, and whether its row knows of it. */
export interface FlagRow {
  readonly flag: string;
  /** The version of the newest of its counters. */
  readonly newest: string;
  /** Of its last fold; null before the first. */
  readonly folded: string | null;
  /** Of its row; null where there is none. */
  readonly version: string | null;
  /** How many deltas no fold has gathered. */
  readonly deltas: number;
}

/** Every flag that has counters. */
export async function readFlagRows(
  kv: Deno.Kv,
  batchSize: number = 500,
): Promise<FlagRow[]> {
  const found = new Map<
    string,
    { newest: string; folded: string | null; deltas: number; sums: number }
  >();
  const options = { batchSize };
  for await (const entry of kv.list({ prefix: countersPrefix() }, options)) {
    const { key: [, name, part], versionstamp } = entry;
    const flag = String(name);
    const row = found.get(flag) ??
      { newest: "", folded: null, deltas: 0, sums: 0 };
    found.set(flag, row);
    if (versionstamp > row.newest) row.newest = versionstamp;
    if (part === "as_of") row.folded = versionstamp;
    else if (part === "delta") row.deltas++;
    else row.sums++;
  }
  // After the counters, so that it is no older than what was seen of them.
  const versions = new Map<string, string>();
  for await (const entry of kv.list({ prefix: flagPrefix() }, options)) {
    versions.set(String(entry.key[1]), entry.versionstamp);
  }
  return [...found].flatMap(([flag, { sums, ...row }]) =>
    // Of a flag that was deleted the mark of its folds is left.
    sums + row.deltas === 0
      ? []
      : [{ ...row, flag, version: versions.get(flag) ?? null }]
  );
}

/**
 * Writes the rows of flags that an earlier version of modelab has written
 * counters of: it wrote no such rows. Whoever lists flags sees the change.
 */
export async function markFlags(
  kv: Deno.Kv,
  flags: readonly FlagRow[],
): Promise<void> {
  for (const { flag, newest, version, folded } of flags) {
    if (version !== null && version >= newest) continue;
    // A fold that came meanwhile has written the row, or deleted the flag.
    await kv.atomic().check({ key: foldKey(flag), versionstamp: folded })
      .set(flagKey(flag), new Uint8Array(0)).commit();
  }
}
