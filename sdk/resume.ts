import { show } from "../engine/demand.ts";
import { wellFormed } from "../engine/text.ts";
import { Assignment } from "./assignment.ts";
import { partsOf } from "./client_parts.ts";
import { currentClient } from "./default_client.ts";
import type { Modelab } from "./modelab.ts";
import { quote } from "./quote.ts";

// The server takes 512 bytes: what is longer is rejected, and reported.
const MAX_ID_CHARS = 600;

/** An assignment of which no more is known than its id. */
export type ResumedAssignment = Pick<
  Assignment,
  "assignmentId" | "record" | "markSuccess" | "markFailure" | "markCustomEvent"
>;

/**
 * Says later, say in another process, what came of an assignment: its id is
 * enough. Makes no request, and records nothing by itself.
 *
 * @param assignmentId What `assignment.assignmentId` was. An id that the server
 * does not know waits there for its assignment, and counts nowhere.
 * @param client Where to record; without one, the client of `init()`.
 * @throws {NotInitializedError} Without a client, before `init()`.
 *
 * @example
 * ```ts
 * import { assign, init, reset } from "./default_client.ts";
 * import { resume } from "./resume.ts";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * const id = assign("tone", { userId: "user_123" })?.assignmentId ?? "";
 * // Later, when the user has a word:
 * resume(id).markSuccess({ stars: 5 });
 * await reset();
 * ```
 */
export function resume(
  assignmentId: string,
  client: Pick<Modelab, "flush"> = currentClient("resume"),
): ResumedAssignment {
  const { recorder } = partsOf(client);
  // It may come out of a request.
  const text = typeof assignmentId === "string"
    ? assignmentId
    : show(assignmentId);
  const id = wellFormed(text.slice(0, MAX_ID_CHARS));
  const decision = {
    assignmentId: id,
    hintsJson: `{"assignment_id":${quote(id)}`,
    choice: {
      variant: { flagName: "(resumed)", name: "", config: {} },
      overridden: false,
    },
  };
  return new Assignment(decision, { userId: "" }, recorder);
}
