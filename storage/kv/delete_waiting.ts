import { addDeltas } from "./add_deltas.ts";
import { FLAG_AT } from "./fields.ts";
import { addSum, FlagCounters } from "./flag_counters.ts";
import { hintedFlag } from "./hinted_flag.ts";
import { idOfPart, storyKey, storyPageKey, storyPrefix } from "./keys.ts";
import type { Story } from "./story.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf, readStory } from "./workspace.ts";

/**
 * Deletes what waits for an assignment, if it still does.
 *
 * @returns Records deleted.
 */
export function deleteWaiting(kv: Deno.Kv, id: string): Promise<number> {
  return withRetries(async () => {
    const entry = await kv.get(storyKey(id));
    if (entry.versionstamp === null) return 0;
    const story = await readStory(kv, id, bytesOf(entry));
    if (story.assignment !== null) return 0;
    const atomic = kv.atomic().check(entry).delete(entry.key);
    for (let page = 0; page < story.pages; page++) {
      atomic.delete(storyPageKey(id, page));
    }
    const flags = new Map<string, FlagCounters>();
    for (const other of story.others) {
      const flag = hintedFlag(other);
      const counters = flags.get(flag) ?? new FlagCounters();
      flags.set(flag, counters);
      addSum(counters.fields("flag", "", ""), FLAG_AT.waiting, -1);
    }
    for (const [flag, counters] of flags) {
      addDeltas(atomic, flag, counters.segments());
    }
    return (await atomic.commit()).ok ? story.others.length : null;
  });
}

/**
 * Looks at some stories, and deletes those that have waited for their
 * assignment since before a time.
 *
 * @param from Where to begin; null at the beginning.
 * @returns Where to go on; null after the last one.
 */
export async function retireWaiting(
  kv: Deno.Kv,
  before: number,
  from: string | null,
  most: number,
): Promise<string | null> {
  const prefix = storyPrefix();
  const selector = from === null
    ? { prefix }
    : { prefix, start: storyKey(from) };
  let seen = 0;
  for await (const entry of kv.list(selector, { batchSize: 100 })) {
    if (entry.key.length !== 2) continue;
    const id = idOfPart(entry.key[1]);
    if (seen++ === most) return id;
    const story = await readStory(kv, id, bytesOf(entry));
    if (isOld(story, before)) await deleteWaiting(kv, id);
  }
  return null;
}

function isOld({ assignment, others }: Story, before: number): boolean {
  return assignment === null && others.every(({ at }) => at < before);
}
