import { readState } from "./counters.ts";
import { configPrefix, setupPrefix, unusedKey, unusedPrefix } from "./keys.ts";

/**
 * For so long a body stays after its last assignment was taken away, in
 * milliseconds: every process forgets which bodies it has written each minute,
 * and one that has not yet would not write it again.
 */
const STAYS = 3 * 60_000;

/** Notes that a flag may have bodies that no assignment names any more. */
export async function noteUnused(
  kv: Deno.Kv,
  flag: string,
  now: number,
): Promise<void> {
  await kv.set(unusedKey(flag), now);
}

/** Deletes bodies of configs and settings that no assignment names. */
export class BodySweep {
  readonly #kv: Deno.Kv;
  readonly #clock: () => number;
  /** By flag: which mark this process has seen, and since when. */
  readonly #seen: Map<string, { versionstamp: string; at: number }> = new Map();

  /**
   * @param clock Milliseconds of a clock that is never set: what matters is
   * how long other processes have had time to forget, not what day it is.
   */
  constructor(kv: Deno.Kv, clock: () => number) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /**
   * Deletes those that have been unused for minutes.
   *
   * @returns How many.
   */
  async run(): Promise<number> {
    let deleted = 0;
    for await (const mark of this.#kv.list({ prefix: unusedPrefix() })) {
      const { key: [, part], versionstamp } = mark;
      const flag = String(part);
      let seen = this.#seen.get(flag);
      if (seen?.versionstamp !== versionstamp) {
        seen = { versionstamp, at: this.#clock() };
        this.#seen.set(flag, seen);
      }
      if (this.#clock() - seen.at < STAYS) continue;
      deleted += await sweepFlag(this.#kv, flag);
      await this.#kv.atomic().check(mark).delete(mark.key).commit();
      this.#seen.delete(flag);
    }
    return deleted;
  }
}

/** Deletes what is unused of one flag. */
async function sweepFlag(kv: Deno.Kv, flag: string): Promise<number> {
  // Read before the counters: what is written again meanwhile is another
  // version, and stays.
  const configs = await Array.fromAsync(
    kv.list({ prefix: configPrefix(flag) }),
  );
  const setups = await Array.fromAsync(kv.list({ prefix: setupPrefix(flag) }));
  const { counters } = await readState(kv, flag);
  const unused = [
    ...configs.filter(({ key: [, , variant, hash] }) =>
      !isUsed(counters.of("config").get(String(variant))?.get(String(hash)))
    ),
    ...setups.filter(({ key: [, , hash] }) =>
      !isUsed(counters.of("setup").get("")?.get(String(hash)))
    ),
  ];
  let deleted = 0;
  for (const body of unused) {
    const { ok } = await kv.atomic().check(body).delete(body.key).commit();
    if (ok) deleted++;
  }
  return deleted;
}

function isUsed(
  segment: { readonly fields: ReadonlyMap<number, unknown> } | undefined,
): boolean {
  return segment !== undefined && segment.fields.size > 0;
}
