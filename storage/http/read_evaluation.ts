import { isRecord } from "../../engine/demand.ts";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { wellFormed } from "../../engine/text.ts";
import { type Connection, errorText, request } from "./connection.ts";
import { problemText, readJson } from "./read_body.ts";

/** What came of asking the server for a flag's evaluation. */
export type EvaluationOutcome =
  | { readonly type: "found"; readonly evaluation: FlagEvaluation }
  | { readonly type: "empty" }
  | {
    readonly type: "failed";
    readonly message: string;
    readonly cause?: unknown;
  };

/**
 * Asks for `GET /api/v1/flags/{name}`. Never throws: whatever happens is an
 * outcome.
 *
 * @param flagName Any name; it travels as one encoded segment.
 */
export async function readEvaluation(
  connection: Connection,
  flagName: string,
): Promise<EvaluationOutcome> {
  const { server, readKey } = connection;
  const segment = encodeURIComponent(wellFormed(flagName));
  try {
    return await request(
      connection,
      `${server}/api/v1/flags/${segment}`,
      { headers: readKey === "" ? {} : { "X-API-Key": readKey } },
      readOutcome,
    );
  } catch (cause) {
    return { type: "failed", message: errorText(cause), cause };
  }
}

async function readOutcome(response: Response): Promise<EvaluationOutcome> {
  const body = await readJson(response);
  if (response.ok && isEvaluation(body)) {
    return { type: "found", evaluation: body };
  }
  if (response.status === 404) return { type: "empty" };
  const detail = problemText(body);
  return {
    type: "failed",
    message: response.ok
      ? "the answer is no evaluation"
      : `status ${response.status}${detail === "" ? "" : `: ${detail}`}`,
  };
}

function isEvaluation(body: unknown): body is FlagEvaluation {
  return isRecord(body) && typeof body["flag_name"] === "string" &&
    Array.isArray(body["variants"]) &&
    body["variants"].every((variant: unknown) =>
      isRecord(variant) && typeof variant["variant_name"] === "string"
    );
}
