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
  const stop = (): void => controller.abort(abort?.reason);
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${requestTimeoutMs} ms`));
  }, requestTimeoutMs);
  abort?.addEventListener("abort", stop);
  try {
    if (abort?.aborted) stop();
    const response = await fetch(url, { ...init, signal: controller.signal });
    return await read(response);
  } catch (cause) {
    // Some runtimes throw an error of their own instead of the reason.
    throw controller.signal.aborted ? controller.signal.reason : cause;
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
