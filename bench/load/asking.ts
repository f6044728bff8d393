import type { Asking } from "./asker.ts";

/** A thread that asks a server. */
export interface Asker {
  /** Ends it; gives the milliseconds of each answer. */
  stop(): Promise<readonly number[]>;
}

/** Starts a thread that asks; resolves when it has had its first answer. */
export async function startAsking(asking: Asking): Promise<Asker> {
  const worker = new Worker(new URL("asker.ts", import.meta.url), {
    type: "module",
  });
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<T>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const started = answer<null>();
  worker.postMessage(asking);
  await started;
  return {
    async stop() {
      const latencies = answer<readonly number[]>();
      worker.postMessage(null);
      return await latencies;
    },
  };
}
