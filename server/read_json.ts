import { nextTurn } from "../storage/kv/turn.ts";
import { parsePythonJson } from "./python_json.ts";
import { withBody } from "./read_body.ts";
import type { Body, BodyLimits } from "./read_body.ts";

/** A body that is as required, or the status and the words to refuse it with. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | Extract<Body, { readonly ok: false }>;

/**
 * Reads the body of a request as JSON, or as what Python takes for JSON.
 *
 * @param use What is done with it; until then its memory counts as held.
 */
export function withJson<T>(
  request: Request,
  limits: BodyLimits,
  use: (body: JsonBody) => Promise<T> | T,
): Promise<T> {
  return withBody(request, limits, async (body) => {
    // What comes at once is taken one by one.
    await nextTurn();
    return await use(body.ok ? parsed(body.bytes) : body);
  });
}

function parsed(bytes: Uint8Array): JsonBody {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("The body must be UTF-8, got bytes that are not");
  }
  try {
    const value = parsePythonJson(text);
    return { ok: true, value, bytes: bytes.length };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`The body must be JSON, got something else: ${reason}`);
  }
}

function refuse(detail: string): JsonBody {
  return { ok: false, status: 400, detail };
}
