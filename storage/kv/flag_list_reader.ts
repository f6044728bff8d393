import type { FlagSummary } from "../../engine/evaluation.ts";
import type { BodyReader } from "./body_reader.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { BATCH, readState, readTotals } from "./counters.ts";
import { summaryOf } from "./evaluation.ts";
import type { FlagCounters } from "./flag_counters.ts";
import { flagPrefix, setupPrefix } from "./keys.ts";
import { readLatestSetups } from "./statistics.ts";

/** What a flag was like. */
interface Known {
  /** Of the flag's row, read before its counters; null where it had none. */
  readonly version: string | null;
  /** Null where it had no assignment. */
  readonly summary: FlagSummary | null;
}

/** More flags than these are read faster all together. */
const MANY = 50;

/**
 * Lists flags with what their counters add up to. The rows of all flags are
 * small and stand together, and each is as new as the newest of its flag's
 * counters: so one read tells which flags have changed, whoever changed them,
 * and only these are read again.
 *
 * An earlier version of modelab wrote no such rows: flags that have none are
 * found when all are read, which the first list does, and are read each time.
 */
export class FlagListReader {
  readonly #kv: Deno.Kv;
  readonly #bodies: BodyReader;
  #known: ReadonlyMap<string, Known> | null = null;

  constructor(kv: Deno.Kv, bodies: BodyReader) {
    this.#kv = kv;
    this.#bodies = bodies;
  }

  /**
   * Every flag that has an assignment, by name in the order of code points.
   * As long as nothing of a flag changes, its summary is the same object.
   */
  async read(): Promise<FlagSummary[]> {
    // Before the counters, so that these are of the version, or newer.
    const versions = await readVersions(this.#kv);
    const known = new Map<string, Known>();
    for (const [flag, before] of this.#known ?? []) {
      const version = versions.get(flag);
      // A flag that never had a row was not deleted.
      if (before.version === null && version === undefined) {
        versions.set(flag, null);
      } else if (before.version === version) known.set(flag, before);
    }
    const isNew = (flag: string): boolean => !known.has(flag);
    const changed = [...versions.keys()].filter(isNew);
    const isFirst = this.#known === null;
    const counters = isFirst || changed.length > MANY
      ? await readTotals(this.#kv)
      : await readEach(this.#kv, changed);
    if (isFirst) await this.#bodies.load(setupPrefix());
    const read = [...counters].filter(([flag]) => isNew(flag));
    const setups = await readLatestSetups(this.#bodies, read);
    for (const [at, [flag, totals]] of read.entries()) {
      const version = versions.get(flag) ?? null;
      const summary = summaryOf(flag, totals, setups[at] ?? []);
      // Of a flag that was deleted there is a mark left.
      if (version === null && summary === null) continue;
      known.set(flag, { version, summary });
    }
    this.#known = known;
    return [...known.values()].flatMap(({ summary }) => summary ?? [])
      .sort((a, b) => compareCodePoints(a.flag_name, b.flag_name));
  }
}

async function readVersions(kv: Deno.Kv): Promise<Map<string, string | null>> {
  const versions = new Map<string, string | null>();
  const rows = kv.list({ prefix: flagPrefix() }, { batchSize: BATCH });
  for await (const { key, versionstamp } of rows) {
    versions.set(String(key[1]), versionstamp);
  }
  return versions;
}

async function readEach(
  kv: Deno.Kv,
  flags: readonly string[],
): Promise<Map<string, FlagCounters>> {
  const states = await Promise.all(flags.map((flag) => readState(kv, flag)));
  return new Map(
    states.map(({ counters }, at) => [flags[at] ?? "", counters]),
  );
}
