import { show } from "../engine/demand.ts";
import { wellFormed } from "../engine/text.ts";
import { Assignment } from "./assignment.ts";
import { quote } from "./quote.ts";
import type { Recorder } from "./recorder.ts";

// The server takes 512 bytes: what is longer is rejected, and reported.
const MAX_ID_CHARS = 600;

/** An assignment of which no more is known than its id. */
export type ResumedAssignment = Pick<
  Assignment,
  "assignmentId" | "record" | "markSuccess" | "markFailure" | "markCustomEvent"
>;

/** The assignment with an id, for what comes later. Throws nothing. */
export function resumeAssignment(
  recorder: Recorder,
  assignmentId: string,
): ResumedAssignment {
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
