import { isObject } from "../../engine/demand.ts";
import { methodOf, readProperty } from "../../engine/read_property.ts";
import type { CallWatch } from "./call_watch.ts";
import { setOwn } from "./own_property.ts";

const watched = new WeakSet<object>();

/** Takes a part of a stream; must not throw. */
type TakePart = (part: unknown) => void;

/**
 * Follows an iterator, an async generator say, by methods of its own in the
 * place of its class's: it stays the object that it is, and each part is
 * passed on as it comes.
 *
 * @param take Takes each part.
 * @param isAborted Says at the end whether the stream was broken off: some end
 * quietly then.
 */
export function watchIterator(
  iterator: object,
  watch: CallWatch,
  take: TakePart = (part) => watch.chunk(part),
  isAborted: () => boolean = () => false,
): void {
  // An iterator that is one of two ways into the same stream comes here twice.
  if (watched.has(iterator)) return;
  const next = methodOf(iterator, "next");
  const last = methodOf(iterator, "return");
  const raise = methodOf(iterator, "throw");
  const seen = (step: unknown): unknown => {
    if (!readProperty(step, "done")) take(readProperty(step, "value"));
    else if (isAborted()) watch.abort();
    else watch.end();
    return step;
  };
  const failed = (error: unknown): never => {
    watch.fail(error);
    throw error;
  };
  const follow = (step: unknown): unknown => {
    const then = methodOf(step, "then");
    return then === null ? seen(step) : then.call(step, seen, failed);
  };
  const taken = next !== null && setOwn(iterator, "next", {
    value(...args: unknown[]): unknown {
      return follow(next.apply(iterator, args));
    },
  });
  if (!taken) return watch.end();
  watched.add(iterator);
  setOwn(iterator, "return", {
    value(value?: unknown): unknown {
      watch.abort();
      return last === null
        ? Promise.resolve({ done: true, value })
        : last.call(iterator, value);
    },
  });
  if (raise === null) return;
  setOwn(iterator, "throw", {
    value(error: unknown): unknown {
      watch.fail(error);
      return raise.call(iterator, error);
    },
  });
}

/** Follows whatever iterators an object gives. */
export function watchIterable(
  iterable: object,
  watch: CallWatch,
  take?: TakePart,
): void {
  // OpenAI's and Anthropic's streams have a controller that aborts them.
  const isAborted = (): boolean => {
    const controller = readProperty(iterable, "controller");
    return readProperty(readProperty(controller, "signal"), "aborted") === true;
  };
  // Their tee() asks the field `iterator`, and not the symbol.
  const taken = [Symbol.asyncIterator, "iterator"].map((key) => {
    const open = methodOf(iterable, key);
    return open !== null && setOwn(iterable, key, {
      value(...args: unknown[]): unknown {
        const iterator: unknown = open.apply(iterable, args);
        if (isObject(iterator)) watchIterator(iterator, watch, take, isAborted);
        return iterator;
      },
    });
  });
  if (!taken.includes(true)) watch.end();
}
