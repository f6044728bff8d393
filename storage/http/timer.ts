import { methodOf, readProperty } from "../../engine/read_property.ts";

/**
 * Keeps a timer from keeping the process alive, where the runtime has such a
 * thing: Node, Bun and Deno have; browsers and edge workers need none.
 *
 * @param timer What `setTimeout` returned: an object, or a number.
 */
export function unrefTimer(timer: unknown): void {
  // Before 2.8 or so, Deno gave numbers too.
  const [host, method] = typeof timer === "number"
    ? [readProperty(globalThis, "Deno"), "unrefTimer"]
    : [timer, "unref"];
  methodOf(host, method)?.call(host, timer);
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
