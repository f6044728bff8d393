import { ALIVE_PATH } from "./_payload.ts";

type Handler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

/**
 * Tells pages which run of the server they talk to, so that they reload when
 * it has restarted.
 *
 * @param handler what answers everything else
 */
export function liveReload(handler: Handler): Handler {
  const message = new TextEncoder().encode(
    `retry: 250\ndata: ${crypto.randomUUID()}\n\n`,
  );
  return (req, info) => {
    if (new URL(req.url).pathname !== ALIVE_PATH) return handler(req, info);
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      // Left open: it closes when the server stops, and the page asks again.
      start: (controller) => controller.enqueue(message),
    });
    return Promise.resolve(
      new Response(body, {
        headers: {
          "Content-Type": "text/event-stream",
          "Cache-Control": "no-store",
        },
      }),
    );
  };
}
