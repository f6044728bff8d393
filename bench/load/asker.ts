/**
 * A worker that asks one question again and again: in a thread of its own, so
 * that what it waits for is the server, and not the client that loads it.
 *
 * @module
 */

import { askOnce } from "./ask_once.ts";

/** What to ask, and how long to wait between answers, in milliseconds. */
export interface Asking {
  readonly url: string;
  readonly pause: number;
}

const latencies: number[] = [];
let asking = true;

/** First {@linkcode Asking}; then anything, to end and to get the latencies. */
globalThis.addEventListener("message", (event: MessageEvent) => {
  const { data }: { data: Asking | null } = event;
  if (data === null) asking = false;
  else void ask(data);
});

async function ask({ url, pause }: Asking): Promise<void> {
  // The worker's own start is nothing that the server does.
  await askOnce(url);
  self.postMessage(null);
  while (asking) {
    latencies.push(await askOnce(url));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  self.postMessage(latencies);
  self.close();
}
