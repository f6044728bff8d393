import type { App } from "fresh";

/** Asks an app, as a client would. */
export async function request<State>(
  app: App<State>,
  path: string,
  init?: RequestInit,
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await app.handler()(
    new Request(`http://localhost${path}`, init),
  );
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

/** Runs with `console.error` caught, and gives what was logged. */
export async function withErrorLog(
  run: () => Promise<void>,
): Promise<unknown[]> {
  const logged: unknown[] = [];
  const original = console.error;
  console.error = (...args) => logged.push(...args);
  try {
    await run();
  } finally {
    console.error = original;
  }
  return logged;
}
