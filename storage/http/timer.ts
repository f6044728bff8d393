/**
 * Keeps a timer from keeping the process alive, where the runtime has such a
 * thing: Node, Bun and Deno have; browsers and edge workers need none.
 *
 * @param timer What `setTimeout` returned: an object, or a number.
 */
export function unrefTimer(timer: unknown): void {
  const host = typeof timer === "number"
    // Before 2.8 or so, Deno gave numbers too.
    ? Reflect.get(globalThis, "Deno")
    : timer;
  if (typeof host !== "object" || host === null) return;
  const unref: unknown = Reflect.get(
    host,
    typeof timer === "number" ? "unrefTimer" : "unref",
  );
  if (typeof unref === "function") unref.call(host, timer);
}

/**
 * What a promise gives, or undefined when time is up first. Rejects only when
 * the promise does, and keeps the process alive meanwhile.
 */
export async function within<T>(
  ms: number,
  promise?: Promise<T>,
): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await (promise === undefined ? late : Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
