import type { JsonObject } from "../../engine/records.ts";
import type { AssignmentEntry, Entry, Incoming } from "./entry.ts";
import type { Verdict } from "./story.ts";

/**
 * What an execution or event that came before its assignment was allowed to
 * be of: the prefix of the key that sent it stands under this name.
 */
const KEY_LIMIT = "key_flag_prefix";

/** Fields of a record with the limit of its sender's key, and of no other. */
export function withKeyLimit(
  more: JsonObject,
  flagPrefix: string | null,
): JsonObject {
  if (flagPrefix === null && !Object.hasOwn(more, KEY_LIMIT)) return more;
  // Nobody sets it for themselves.
  const { [KEY_LIMIT]: _, ...rest } = more;
  return flagPrefix === null ? rest : { ...rest, [KEY_LIMIT]: flagPrefix };
}

/** The limit of the key that a record came with; null where it has none. */
export function keyLimitOf({ more }: Entry): string | null {
  const limit = more[KEY_LIMIT];
  return typeof limit === "string" ? limit : null;
}

/**
 * Whether a record was sent with a key that may not send for the assignment's
 * flag, before the assignment was known. It is kept, and counts nowhere.
 */
export function isForeign(
  { flag }: Pick<AssignmentEntry, "flag">,
  { more }: Entry,
): boolean {
  const prefix = more[KEY_LIMIT];
  return typeof prefix === "string" && !flag.startsWith(prefix);
}

/**
 * Why a key that is limited to some flags may not send a record; null when it
 * may. Of a flag that the key is not for, nothing is told.
 *
 * @param assignment What is known of the record's assignment.
 */
export function refusalByKey(
  { entry, flagPrefix }: Incoming,
  assignment: AssignmentEntry | null,
): Verdict | null {
  if (flagPrefix === null) return null;
  const hint = entry.kind === "assignment"
    ? entry.flag
    : entry.more["flag_name"];
  const limit = `a flag that begins with ${
    JSON.stringify(flagPrefix)
  }, as the key is limited to`;
  if (typeof hint === "string" && !hint.startsWith(flagPrefix)) {
    return {
      field: "flag_name",
      message: `must be ${limit}, got ${JSON.stringify(hint.slice(0, 100))}`,
    };
  }
  return assignment === null || assignment.flag.startsWith(flagPrefix)
    ? null
    : {
      field: "assignment_id",
      message: `must be of an assignment to ${limit}, got one to another`,
    };
}
