import { PROCESSING_HEADER } from "./chat_wire.ts";
import type { ChatCompletion, ChatRequest } from "./chat_wire.ts";

/** How a call went. */
export interface ChatReply {
  /** Milliseconds that the provider says it took; null when it does not say. */
  readonly latencyMs: number | null;
  /** Null when the call failed. */
  readonly completion: ChatCompletion | null;
  /** Null when it went well. */
  readonly error: string | null;
}

/**
 * Calls a provider, as an app of yours would with the provider's own client.
 *
 * @param server The provider's address, without a slash at its end.
 */
export async function askModel(
  server: string,
  request: ChatRequest,
): Promise<ChatReply> {
  const response = await fetch(`${server}/v1/chat/completions`, {
    method: "POST",
    headers: {
      "authorization": "Bearer demo",
      "content-type": "application/json",
    },
    body: JSON.stringify(request),
  });
  const body: unknown = await response.json();
  const stated = response.headers.get(PROCESSING_HEADER);
  const latencyMs = stated === null ? null : Number(stated);
  if (response.ok && isCompletion(body)) {
    return { latencyMs, completion: body, error: null };
  }
  const error = `${response.status} ${messageOf(body)}`;
  return { latencyMs, completion: null, error };
}

function isCompletion(body: unknown): body is ChatCompletion {
  return typeof body === "object" && body !== null &&
    Reflect.get(body, "object") === "chat.completion";
}

function messageOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return "without a body";
  const error: unknown = Reflect.get(body, "error");
  if (typeof error !== "object" || error === null) return "without an error";
  return String(Reflect.get(error, "message"));
}
