import type { FlagEvaluation } from "../engine/evaluation.ts";
import { readEvaluation } from "../storage/http/read_evaluation.ts";
import { partsOf } from "./client_parts.ts";
import { currentClient } from "./default_client.ts";
import type { Modelab } from "./modelab.ts";

/**
 * Asks the server how the variants of a flag do, after sending what waits.
 *
 * @param flagName The flag.
 * @param client Whose flag it is; without one, that of `init()`.
 * @returns Null when the server has no assignment of the flag, or cannot be
 * asked; which of the two is reported to `onError`. It does not reject for
 * that: Python's client raises there.
 * @throws {NotInitializedError} Without a client, before `init()`.
 * @throws {FlagNotFoundError} When the client was given no such flag.
 *
 * @example
 * ```ts
 * import { init, reset } from "./default_client.ts";
 * import { evaluate } from "./evaluate.ts";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 *   onError: (report) => console.log(report.code),
 * });
 * for (const variant of (await evaluate("tone"))?.variants ?? []) {
 *   console.log(variant.variant_name, variant.success_rate);
 * }
 * await reset();
 * ```
 */
export async function evaluate(
  flagName: string,
  client: Pick<Modelab, "flush"> = currentClient("evaluate"),
): Promise<FlagEvaluation | null> {
  const { connection, report, find } = partsOf(client);
  find(flagName);
  await client.flush();
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
