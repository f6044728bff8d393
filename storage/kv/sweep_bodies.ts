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

/**
 * Deletes the bodies of configs and settings that no assignment names.
 *
 * @param now Epoch milliseconds.
 * @returns How many it deleted.
 */
export async function sweepBodies(kv: Deno.Kv, now: number): Promise<number> {
  let deleted = 0;
  for await (const mark of kv.list({ prefix: unusedPrefix() })) {
    const age = now - Number(mark.value);
    // A clock that was set back must not keep them for ever.
    if (age >= 0 && age < STAYS) continue;
    const flag = String(mark.key[1]);
    const { counters } = await readState(kv, flag);
    for await (const { key } of kv.list({ prefix: configPrefix(flag) })) {
      const [, , variant, hash] = key;
      const used = counters.of("config").get(String(variant));
      if (isUsed(used?.get(String(hash)))) continue;
      await kv.delete(key);
      deleted++;
    }
    for await (const { key } of kv.list({ prefix: setupPrefix(flag) })) {
      if (isUsed(counters.of("setup").get("")?.get(String(key[2])))) continue;
      await kv.delete(key);
      deleted++;
    }
    await kv.atomic().check(mark).delete(mark.key).commit();
  }
  return deleted;
}

function isUsed(
  segment: { readonly fields: ReadonlyMap<number, unknown> } | undefined,
): boolean {
  return segment !== undefined && segment.fields.size > 0;
}
