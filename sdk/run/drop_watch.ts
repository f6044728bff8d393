import type { CallWatch } from "./call_watch.ts";

// Some edge workers have none: a stream that is dropped there is not recorded.
const dropped = typeof FinalizationRegistry === "function"
  ? new FinalizationRegistry<CallWatch>((watch) => watch.abort())
  : null;

/**
 * Has a call recorded as broken off when its stream is dropped before its end,
 * say since nobody ever read it: once the engine has collected it.
 *
 * @param stream What leads to all further parts: as long as somebody can read
 * one, it must be reachable.
 */
export function watchDrop(stream: object, watch: CallWatch): void {
  dropped?.register(stream, watch);
}
