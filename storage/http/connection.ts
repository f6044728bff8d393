/** How to reach the server. */
export interface Connection {
  /** The server's address, without a slash at its end. */
  readonly server: string;
  /** What ingest asks for; empty sends none. */
  readonly apiKey: string;
  /** What reading asks for; empty sends none. */
  readonly readKey: string;
  /** A request that takes longer is given up, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Makes the requests. */
  readonly fetch: typeof fetch;
}

/**
 * Makes a request with a limit in time, for its body as well.
 *
 * @param read What to make of the response, while the time still counts.
 * @param abort Ends the request early.
 * @throws What `fetch` and `read` throw, and when time is up.
 */
export async function request<T>(
  { fetch, requestTimeoutMs }: Connection,
  url: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
  abort?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => {
      reject(controller.signal.reason);
    });
  });
  const stop = (): void => controller.abort(abort?.reason);
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${requestTimeoutMs} ms`));
  }, requestTimeoutMs);
  abort?.addEventListener("abort", stop);
  const answer = async (): Promise<T> =>
    await read(await fetch(url, { ...init, signal: controller.signal }));
  try {
    if (abort?.aborted) stop();
    // A race, since a fetch that is not the runtime's may ignore its signal.
    return await Promise.race([ended, answer()]);
  } finally {
    clearTimeout(timer);
    abort?.removeEventListener("abort", stop);
  }
}

/**
 * What went wrong, in few words, with the cause that `fetch` hides behind
 * "fetch failed".
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`.slice(0, 300);
}
