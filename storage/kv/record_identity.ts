import { canonicalJson } from "../../engine/canonical_json.ts";
import type { JsonObject } from "../../engine/records.ts";
import type { AssignmentEntry, Entry } from "./entry.ts";
import { withKeyLimit } from "./key_limit.ts";
import type { Verdict } from "./story.ts";

/** Hints that need no place once they only repeat the assignment. */
const HINTS = {
  flag_name: "flag",
  variant_name: "variant",
  user_id: "user",
} as const;

/** Whether a field of a record repeats its assignment. */
function isHint(name: string): name is keyof typeof HINTS {
  return Object.hasOwn(HINTS, name);
}

/** Fields of a record without the hints that only repeat its assignment. */
export function withoutHints(
  more: JsonObject,
  assignment: AssignmentEntry,
): JsonObject {
  const { flag_name, variant_name, user_id, ...others } = more;
  const repeats = (hint: unknown, known: string): boolean =>
    hint === undefined || hint === known;
  if (
    repeats(flag_name, assignment.flag) &&
    repeats(variant_name, assignment.variant) &&
    repeats(user_id, assignment.user)
  ) return others;
  const kept = Object.entries(more).filter(([name, value]) =>
    !(isHint(name) && value === assignment[HINTS[name]])
  );
  return Object.fromEntries(kept);
}

/** What makes two records of one assignment the same. */
export function identity(entry: Entry): string {
  if (entry.kind === "event") return `v${entry.id}`;
  if (entry.kind === "execution" && entry.id !== null) return `x${entry.id}`;
  // An execution of the Python client has no id: it is all its fields.
  const more = withKeyLimit(
    Object.fromEntries(
      Object.entries(entry.more).filter(([name]) => !isHint(name)),
    ),
    null,
  );
  return `=${canonicalJson({ ...entry, at: 0, late: false, more })}`;
}

/** Whether two records of one assignment have the same {@linkcode identity}. */
export function isSame(a: Entry, b: Entry): boolean {
  if (a.kind === "assignment" || a.kind !== b.kind) return false;
  return a.id === null && b.id === null
    ? identity(a) === identity(b)
    : a.id === b.id;
}

/** What becomes of an assignment that comes again. */
export function sameDecision(
  known: AssignmentEntry,
  got: AssignmentEntry,
): Verdict {
  for (const field of ["flag", "variant", "user"] as const) {
    if (known[field] !== got[field]) {
      return {
        field: "assignment_id",
        message:
          `must belong to one decision, got the id of another: its ${field} is ${
            JSON.stringify(known[field].slice(0, 100))
          }, not ${JSON.stringify(got[field].slice(0, 100))}`,
      };
    }
  }
  return "duplicate";
}
