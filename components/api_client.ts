/**
 * Reads the JSON API from the browser.
 *
 * @module
 */

/** The server wants a key that this browser no longer has. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
}

/** An answer, and when the server gave it. */
export interface Answer<T> {
  readonly body: T;
  /** Epoch milliseconds by the server's clock, or else by this machine's. */
  readonly now: number;
}

const TIMEOUT_MS = 10_000;

/**
 * Asks for JSON of a known shape.
 *
 * @throws SessionEndedError when the answer is 401.
 * @throws Error when there is no answer, or none of that shape.
 */
export async function fetchJson<T>(
  path: string,
  isShape: (value: unknown) => value is T,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  if (response.status === 401) {
    throw new SessionEndedError(`Cannot read ${path}: not signed in`);
  }
  if (!response.ok) {
    throw new Error(`Cannot read ${path}: the server said ${response.status}`);
  }
  const body: unknown = await response.json();
  if (!isShape(body)) {
    throw new Error(`Cannot read ${path}: the answer has another shape`);
  }
  const sent = Date.parse(response.headers.get("date") ?? "");
  return { body, now: Number.isNaN(sent) ? Date.now() : sent };
}
