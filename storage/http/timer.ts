/**
 * Keeps a timer from keeping the process alive, where the runtime has such a
 * thing: Deno and Node give timers that can be unreferenced, browsers and
 * edge workers give numbers.
 */
export function unrefTimer(timer: unknown): void {
  if (typeof timer !== "object" || timer === null) return;
  const unref: unknown = Reflect.get(timer, "unref");
  if (typeof unref === "function") unref.call(timer);
}
