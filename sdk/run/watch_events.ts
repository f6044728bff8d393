import { methodOf } from "../../engine/read_property.ts";
import type { CallWatch } from "./call_watch.ts";
import { setOwn } from "./own_property.ts";

/** Events that bring a part of the answer: Anthropic's, OpenAI's, Node's. */
const PARTS = ["streamEvent", "chunk", "event", "data", "chatCompletion"];

/** What is told of the events; who is not told of the end follows that. */
type EventWatch =
  & Pick<CallWatch, "chunk">
  & Partial<Pick<CallWatch, "next" | "end" | "fail" | "abort">>;

/**
 * Follows a stream that tells of its parts by events, whether somebody
 * listens or not: `client.messages.stream()` and its like. A listener would
 * change what it does with an error, so that its emitting is followed.
 *
 * @param emit The name of the method that emits.
 */
export function watchEvents(
  stream: object,
  emit: "_emit" | "emit",
  watch: EventWatch,
): void {
  const original = methodOf(stream, emit);
  const taken = original !== null && setOwn(stream, emit, {
    value(name: unknown, ...args: unknown[]): unknown {
      if (typeof name === "string" && PARTS.includes(name)) {
        watch.chunk(args[0]);
      }
      // OpenAI's runners make a call for every turn of their tools.
      if (name === "chatCompletion") watch.next?.();
      if (name === "error") watch.fail?.(args[0]);
      // Its end follows; Node's streams that were destroyed only close.
      if (name === "abort" || name === "close") watch.abort?.();
      if (name === "end") watch.end?.();
      return original.call(stream, name, ...args);
    },
  });
  if (!taken) watch.end?.();
}
