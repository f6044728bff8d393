import type { CallWatch } from "./call_watch.ts";
import { methodOf, setOwn } from "./own_property.ts";
import { passThrough } from "./watch_readable.ts";

/** The streams of an AI SDK result that are made of its one base stream. */
const BRANCHES = ["textStream", "fullStream"];

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
  Reflect.set(result, "baseStream", passThrough(base.getReader(), watch));
  let open = 0;
  const close = (): void => {
    open--;
  };
  for (const name of BRANCHES) {
    const branch = getterOf(result, name);
    if (branch === undefined) continue;
    setOwn(result, name, {
      get() {
        const stream = branch.call(result);
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
    typeof owner === "object" && owner !== null;
    owner = Object.getPrototypeOf(owner)
  ) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found !== undefined) return found.get;
  }
  return undefined;
}
