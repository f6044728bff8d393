import type { IngestResult } from "../../engine/records.ts";
import type { IngestBody } from "./traffic.ts";

/** What came of sending requests. */
export interface Driven {
  readonly records: number;
  readonly seconds: number;
  /** Milliseconds until each request was acknowledged, retries included. */
  readonly latencies: readonly number[];
  /** Answers of 503, after which the request was sent again. */
  readonly retries: number;
}

const MAX_RETRIES = 100;

/**
 * Sends requests by several clients at once; each sends its next when the last
 * one is acknowledged.
 *
 * @param urls Servers, of which each client has one.
 * @param chains Requests; those of a chain go one after another.
 * @throws {Error} A server refused a record, or took one as a duplicate.
 */
export async function drive(
  urls: readonly string[],
  chains: readonly (readonly IngestBody[])[],
  clients: number,
): Promise<Driven> {
  const latencies: number[] = [];
  let [records, retries, next] = [0, 0, 0];
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    const url = `${urls[client % urls.length]}/api/v1/ingest`;
    for (let chain = chains[next++]; chain; chain = chains[next++]) {
      for (const body of chain) {
        const sent = performance.now();
        retries += await send(url, body);
        latencies.push(performance.now() - sent);
        records += body.records;
      }
    }
  }));
  const seconds = (performance.now() - start) / 1000;
  return { records, seconds, latencies, retries };
}

/** Sends a request until it is taken; gives how often it was not. */
async function send(
  url: string,
  { bytes, records }: IngestBody,
): Promise<number> {
  for (let retries = 0; retries <= MAX_RETRIES; retries++) {
    const response = await fetch(url, { method: "POST", body: bytes });
    if (response.status === 503) {
      await response.body?.cancel();
      const seconds = Number(response.headers.get("retry-after") ?? 1);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      continue;
    }
    const result: IngestResult = await response.json();
    // What was committed before a 503 is a duplicate when it comes again.
    const taken = result.accepted + (retries > 0 ? result.duplicates : 0);
    if (taken === records) return retries;
    throw new Error(
      `All ${records} records must be accepted, got ${response.status} ${
        JSON.stringify(result).slice(0, 500)
      }`,
    );
  }
  throw new Error(`The server did not take a request in ${MAX_RETRIES} tries`);
}
