import { chatAnswer } from "./chat_answer.ts";
import { PROCESSING_HEADER } from "./chat_wire.ts";
import { isModelName } from "./models.ts";

/**
 * Answers as an OpenAI-compatible provider would. It does not wait: it states
 * the time that it pretends to have taken in a header, as OpenAI does.
 */
export async function standIn(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== "POST" || pathname !== "/v1/chat/completions") {
    return refuse(404, `Unknown request URL: ${request.method} ${pathname}`);
  }
  const body: unknown = await request.json().catch(() => null);
  const field = (name: string): unknown =>
    typeof body === "object" && body !== null
      ? Reflect.get(body, name)
      : undefined;
  const [model, seed] = [field("model"), field("seed")];
  if (!isModelName(model)) return refuse(404, "The model does not exist");
  if (typeof seed !== "number") return refuse(400, "seed must be an integer");
  if (!Array.isArray(field("messages"))) {
    return refuse(400, "messages must be an array");
  }
  const answer = chatAnswer(model, { seed }, Date.now());
  return Response.json(answer.body, {
    status: answer.status,
    headers: { [PROCESSING_HEADER]: String(answer.processingMs) },
  });
}

function refuse(status: 400 | 404, message: string): Response {
  return Response.json(
    {
      error: {
        message,
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    },
    { status },
  );
}
