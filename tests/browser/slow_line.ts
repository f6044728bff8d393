/** Bytes that come at once, and how long until the next do. */
const PIECE = 4_000;
const PAUSE_MS = 60;

/** A slow way to a server. */
export interface SlowLine extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Hands a server's pages on in pieces, and all else at once: what a page shows
 * meanwhile is what there is of it. The slow line that Chromium emulates comes
 * to a halt now and then on a busy machine.
 */
export function openSlowLine(origin: string): SlowLine {
  const ended = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const { body, status, headers: sent } = await fetch(
        origin + pathname + search,
        { signal: ended.signal },
      );
      const headers = new Headers(sent);
      // It has been decompressed.
      headers.delete("content-encoding");
      headers.delete("content-length");
      const isPage = headers.get("content-type")?.startsWith("text/html");
      if (body === null || !isPage) {
        return new Response(body, { status, headers });
      }
      return new Response(inPieces(body), { status, headers });
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await server.shutdown();
    },
  };
}

function inPieces(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return body.pipeThrough(
    new TransformStream({
      async transform(bytes, controller) {
        for (let at = 0; at < bytes.length; at += PIECE) {
          controller.enqueue(bytes.slice(at, at + PIECE));
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      },
    }),
  );
}
