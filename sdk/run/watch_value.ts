import { isObject } from "../../engine/demand.ts";
import { methodOf, readProperty } from "../../engine/read_property.ts";
import type { CallWatch } from "./call_watch.ts";
import { watchDrop } from "./drop_watch.ts";
import { watchEvents } from "./watch_events.ts";
import { watchIterable, watchIterator } from "./watch_iterator.ts";
import { watchReadable } from "./watch_readable.ts";
import { watchBaseStream } from "./watch_result.ts";

/**
 * Follows what a call gave: a stream to its end, anything else is the answer.
 *
 * @returns The value itself; for a bare `ReadableStream` one that passes its
 * parts on.
 */
export function watchValue(value: unknown, watch: CallWatch): unknown {
  if (!isObject(value)) {
    watch.respond(value);
    return value;
  }
  if (isReadable(value)) {
    const watched = watchReadable(value, watch);
    watchDrop(watched, watch);
    return watched;
  }
  const emits = methodOf(value, "_emit") !== null;
  if (emits || methodOf(value, Symbol.asyncIterator) !== null) {
    if (emits) watchEvents(value, "_emit", watch);
    else if (methodOf(value, "emit") !== null) {
      watchEvents(value, "emit", watch);
    } else if (methodOf(value, "next") !== null) watchIterator(value, watch);
    else watchIterable(value, watch);
    watchDrop(value, watch);
    return value;
  }
  const base = readProperty(value, "baseStream");
  if (isReadable(base)) {
    watchBaseStream(value, base, watch);
    return value;
  }
  // Bedrock's answer, and those of the AI SDK's providers.
  const inner = readProperty(value, "stream");
  if (isReadable(inner) || methodOf(inner, Symbol.asyncIterator) !== null) {
    const watched = watchValue(inner, watch);
    if (watched !== inner) Reflect.set(value, "stream", watched);
    return value;
  }
  watch.respond(value);
  return value;
}

function isReadable(value: unknown): value is ReadableStream<unknown> {
  return methodOf(value, "getReader") !== null &&
    methodOf(value, "pipeThrough") !== null;
}
