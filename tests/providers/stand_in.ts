import { eventStream } from "./event_stream.ts";

/** What the stand-in answers at a path: JSON, or the parts of a stream. */
export type Answer =
  | { readonly json: unknown; readonly status?: number }
  | { readonly sse: readonly unknown[]; readonly done?: boolean }
  | { readonly lines: readonly unknown[] }
  | { readonly events: readonly (readonly [string, unknown])[] };

/** An answer to what a request says. */
export type Answerer = (body: Record<string, unknown>) => Answer;

/** Which answer a path gets: plain, and where the request asks for a stream. */
export interface Route {
  readonly plain: Answer | Answerer;
  readonly stream: Answer | Answerer;
  /** Whether the request asks for a stream; by default its body says so. */
  readonly isStream?: (path: string, body: Record<string, unknown>) => boolean;
}

/**
 * Runs a server that answers as a provider's documents say, and gives its
 * address. The connection of a stream that is named `cut` breaks before its
 * end.
 */
export async function withStandIn<T>(
  { plain, stream, isStream = (_, body) => body["stream"] === true }: Route,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
    onError: () => new Response("broken off", { status: 500 }),
  }, async (request) => {
    const text = await request.text();
    const body: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
    const { pathname, search } = new URL(request.url);
    const answer = isStream(pathname + search, body) ? stream : plain;
    return respond(typeof answer === "function" ? answer(body) : answer);
  });
  try {
    return await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

function respond(answer: Answer): Response {
  if ("json" in answer) {
    return Response.json(answer.json, { status: answer.status ?? 200 });
  }
  if ("events" in answer) {
    return streamed(
      answer.events.map(([type, payload]) => eventStream(type, payload)),
      "application/vnd.amazon.eventstream",
    );
  }
  const encoder = new TextEncoder();
  if ("lines" in answer) {
    return streamed(
      answer.lines.map((line) => encoder.encode(`${JSON.stringify(line)}\n`)),
      "application/x-ndjson",
    );
  }
  const parts = answer.sse.map((event) => {
    const type = typeof event === "object" && event !== null
      ? Reflect.get(event, "type")
      : undefined;
    const name = typeof type === "string" ? `event: ${type}\n` : "";
    return encoder.encode(`${name}data: ${JSON.stringify(event)}\n\n`);
  });
  if (answer.done) parts.push(encoder.encode("data: [DONE]\n\n"));
  return streamed(parts, "text/event-stream");
}

function streamed(parts: readonly Uint8Array[], type: string): Response {
  const left = [...parts];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const part = left.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    }),
    { headers: { "content-type": type } },
  );
}
