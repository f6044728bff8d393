import { problem } from "./problem.ts";
import { described } from "./validation/field.ts";

/** Answers whoever names a flag that is not there. */
export function noSuchFlag(name: string): Response {
  return problem(
    404,
    `The flag must be one that has an assignment, got ${
      described(name)
    }. A flag appears with its first assignment`,
  );
}
