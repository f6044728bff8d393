import { isObject } from "../../engine/demand.ts";
import { methodOf } from "../../engine/read_property.ts";
import type { CallWatch } from "./call_watch.ts";
import { watchDrop } from "./drop_watch.ts";
import { setOwn } from "./own_property.ts";
import { passThrough } from "./watch_readable.ts";

/**
 * The streams of an AI SDK result that are made of its one base stream: by
 * version 7 of `stream`, which the others are made of, before of the base.
 */
const BRANCHES = ["stream", "textStream", "fullStream"];

/**
 * Follows the result of the AI SDK's `streamText()` and `streamObject()`,
 * whose streams and promises all feed on one base stream.
 *
 * A base stream is not told when a reader of one of its branches leaves. So
 * the branches are followed, too: when the last one that is open is left, the
 * call was broken off.
 */
export function watchBaseStream(
  result: object,
  base: ReadableStream<unknown>,
  watch: CallWatch,
): void {
  const through = passThrough(base.getReader(), watch);
  watchDrop(through, watch);
  Reflect.set(result, "baseStream", through);
  let open = 0;
  let nested = false;
  const close = (): void => {
    open--;
  };
  for (const name of BRANCHES) {
    const branch = getterOf(result, name);
    if (branch === undefined) continue;
    setOwn(result, name, {
      get() {
        // One may ask another: only what the host asked for counts.
        const asked = !nested;
        nested = true;
        let stream: ReadableStream<unknown>;
        try {
          stream = branch.call(result);
        } finally {
          nested = !asked;
        }
        if (!asked) return stream;
        open++;
        const passed = passThrough(stream.getReader(), {
          chunk() {},
          end: close,
          fail: close,
          abort() {
            close();
            if (open === 0) watch.abort();
          },
        });
        // Some runtimes cannot iterate over streams; the AI SDK's can.
        if (methodOf(passed, Symbol.asyncIterator) === null) {
          const own: unknown = Reflect.get(stream, Symbol.asyncIterator);
          setOwn(passed, Symbol.asyncIterator, { value: own });
        }
        return passed;
      },
    });
  }
}

function getterOf(
  target: object,
  name: string,
): (() => ReadableStream<unknown>) | undefined {
  for (
    let owner: unknown = target;
    isObject(owner);
    owner = Object.getPrototypeOf(owner)
  ) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return found.get;
  }
  return undefined;
}
