/** What may stand beside a message: never a key, a prompt or a user's id. */
export type LogFields = { readonly [name: string]: string | number | null };

/** One line of JSON on the standard error for each message. */
export function log(
  level: "info" | "warn" | "error",
  message: string,
  fields: LogFields = {},
): void {
  const time = new Date().toISOString();
  // console.log is also what OpenTelemetry takes logs from.
  console.error(JSON.stringify({ time, level, message, ...fields }));
}

/** Logs an error with its stack and the stacks of what caused it. */
export function logError(
  message: string,
  error: unknown,
  fields: LogFields = {},
): void {
  log("error", message, { ...fields, error: stackOf(error) });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack, message, cause } = error;
  const own = stack ?? message;
  return cause === undefined ? own : `${own}\nCaused by: ${stackOf(cause)}`;
}
