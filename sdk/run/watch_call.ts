import { isObject } from "../../engine/demand.ts";
import { methodOf, readProperty } from "../../engine/read_property.ts";
import type { CallWatch } from "./call_watch.ts";
import { setOwn } from "./own_property.ts";
import { watchEvents } from "./watch_events.ts";
import { watchIterable } from "./watch_iterator.ts";
import { watchValue } from "./watch_value.ts";

/** Ways to the answer together with its HTTP response: OpenAI's and Cohere's. */
const WITH_DATA = ["withResponse", "withRawResponse"];

/**
 * Follows what a call returned: a promise, or the value itself.
 *
 * A bare promise is followed by another, so that a rejection that nobody
 * handles stays one. One with methods of its class stays itself, and is asked
 * nothing before the host asks: some begin to read when they are.
 */
export function watchCall(returned: unknown, watch: CallWatch): unknown {
  const then = methodOf(returned, "then");
  if (then === null || !isObject(returned)) {
    return watchValue(returned, watch);
  }
  let watched: { readonly value: unknown } | null = null;
  const seen = (value: unknown): unknown =>
    (watched ??= { value: watchValue(value, watch) }).value;
  const failed = (error: unknown): never => {
    watch.fail(error);
    throw error;
  };
  if (Object.getPrototypeOf(returned) === Promise.prototype) {
    // `await` asks the promise itself, and none of its own methods: what it
    // has of its own is kept. Symbols are left out, which are the runtime's.
    const followed = Object(then.call(returned, seen, failed));
    for (const key of Object.keys(returned)) {
      Reflect.defineProperty(followed, key, {
        ...Object.getOwnPropertyDescriptor(returned, key),
      });
    }
    return followed;
  }
  // Anthropic's tool runner is its last answer's promise, and gives them all.
  if (methodOf(returned, Symbol.asyncIterator) !== null) {
    watchIterable(returned, watch, (answer) => takeAnswer(answer, watch));
  }
  const follow = (...handlers: unknown[]): unknown => {
    const followed = then.call(returned, seen, failed);
    return methodOf(followed, "then")?.apply(followed, handlers);
  };
  // One that takes no property, since it is frozen, is followed by another.
  if (!setOwn(returned, "then", { value: follow })) return follow();
  setOwn(returned, "catch", {
    value: (onError: unknown) => follow(undefined, onError),
  });
  setOwn(returned, "finally", {
    value: (onEnd: unknown) => {
      const followed = follow();
      return methodOf(followed, "finally")?.call(followed, onEnd);
    },
  });
  const answerBy = (name: string, take: (answer: unknown) => void): void => {
    const original = methodOf(returned, name);
    if (original === null) return;
    setOwn(returned, name, {
      value: (...args: unknown[]): unknown => {
        // One of these may ask another: only what the host asked for counts.
        const asked = !nested;
        nested = true;
        const answer = original.apply(returned, args);
        nested = !asked;
        if (!asked) return answer;
        return methodOf(answer, "then")?.call(answer, (value: unknown) => {
          take(value);
          return value;
        }, failed);
      },
    });
  };
  let nested = false;
  for (const name of WITH_DATA) {
    answerBy(name, (answer) => {
      const data = readProperty(answer, "data");
      const passed = seen(data);
      if (passed !== data) Reflect.set(Object(answer), "data", passed);
    });
  }
  // The response alone: its body is the host's to read.
  answerBy("asResponse", (answer) => watch.respond(answer));
  return returned;
}

/** Takes one of several answers, or follows its stream. */
function takeAnswer(answer: unknown, watch: CallWatch): void {
  if (isObject(answer) && methodOf(answer, "_emit") !== null) {
    // The runner itself says how the call as a whole ends.
    watchEvents(answer, "_emit", {
      chunk: (part) => watch.chunk(part),
      end: () => watch.next(),
    });
    return;
  }
  watch.chunk(answer);
  watch.next();
}
