import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { Connection } from "../storage/http/connection.ts";
import { readEvaluation } from "../storage/http/read_evaluation.ts";
import type { Report } from "../storage/http/report.ts";

/**
 * Asks the server how the variants of a flag do.
 *
 * @returns Null when it has no assignment of the flag, or cannot be asked;
 * which of the two is reported.
 */
export async function evaluateFlag(
  connection: Connection | null,
  flagName: string,
  report: (report: Report) => void,
): Promise<FlagEvaluation | null> {
  const outcome = connection === null
    ? { type: "failed" as const, message: "the client has no server" }
    : await readEvaluation(connection, flagName);
  if (outcome.type === "found") return outcome.evaluation;
  const flag = JSON.stringify(flagName);
  report({
    code: outcome.type === "empty" ? "evaluation_empty" : "evaluation_failed",
    message: outcome.type === "empty"
      ? `The server knows no assignment of flag ${flag}`
      : `Cannot evaluate flag ${flag}: ${outcome.message}`,
    count: 0,
    ...("cause" in outcome && { cause: outcome.cause }),
  });
  return null;
}
