import type { CallWatch } from "./call_watch.ts";
import { setOwn } from "./own_property.ts";

/** What is told of a stream. */
type StreamWatch = Pick<CallWatch, "chunk" | "end" | "fail" | "abort">;

/**
 * A stream that gives the parts of another as they are read, and tells of
 * them. It reads nothing ahead and keeps nothing.
 */
export function passThrough(
  reader: ReadableStreamDefaultReader<unknown>,
  watch: StreamWatch,
): ReadableStream<unknown> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          watch.end();
          controller.close();
        } else {
          watch.chunk(value);
          controller.enqueue(value);
        }
      } catch (error) {
        watch.fail(error);
        controller.error(error);
      }
    },
    async cancel(reason) {
      watch.abort();
      await reader.cancel(reason);
    },
  }, { highWaterMark: 0 });
}

/**
 * Follows a stream of web standards.
 *
 * @returns The stream itself when it is of a class of its own (Mistral's,
 * LangChain's): its ways out then lead through a stream that is followed. Of
 * a bare `ReadableStream`, which can be handed to a `Response` where none of
 * its methods is asked, that followed stream.
 */
export function watchReadable(
  stream: ReadableStream<unknown>,
  watch: CallWatch,
): ReadableStream<unknown> {
  if (Object.getPrototypeOf(stream) === ReadableStream.prototype) {
    return passThrough(stream.getReader(), watch);
  }
  let through: ReadableStream<unknown> | null = null;
  // The class's own, while the instance has others.
  const getReader = stream.getReader.bind(stream);
  const open = (): ReadableStream<unknown> =>
    through ??= passThrough(getReader(), watch);
  for (
    const way of [
      "getReader",
      "tee",
      "pipeTo",
      "pipeThrough",
      "cancel",
      "values",
      Symbol.asyncIterator,
    ] as const
  ) {
    setOwn(stream, way, {
      value(...args: unknown[]): unknown {
        const target = open();
        return Reflect.apply(Reflect.get(target, way), target, args);
      },
    });
  }
  setOwn(stream, "locked", { get: () => through?.locked ?? false });
  return stream;
}
