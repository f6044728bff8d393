import type { IngestBatch } from "../../../engine/records.ts";
import type { DeliveryOptions } from "../delivery_options.ts";
import type { Drop } from "../drop.ts";
import { type HttpStorage, httpStorage } from "../http_storage.ts";
import type { Report, ReportCode } from "../report.ts";

/** The counts of a storage that was given nothing. */
export const zero = {
  queued: 0,
  sent: 0,
  duplicates: 0,
  rejected: 0,
  dropped: 0,
  retried: 0,
};

/** A server: what it answers to a batch, in its how-manieth request. */
export type Answer = (
  batch: IngestBatch,
  call: number,
) => Response | Promise<Response>;

/** Takes every event. */
export const accept: Answer = ({ events }) =>
  Response.json({ accepted: events.length, duplicates: 0, rejected: [] });

/** A storage, and what it did. */
export interface Lab {
  /** Whether each request may outlive its page. */
  readonly keepalive: boolean[];
  readonly storage: HttpStorage;
  readonly batches: IngestBatch[];
  readonly reports: Report[];
  readonly drops: Drop[];
  /** Saves so many events. */
  save(count: number): void;
  codes(): ReportCode[];
}

let made = 0;

/** A storage whose server is a function; it waits long, and retries soon. */
export function lab(
  answer: Answer,
  options: Partial<DeliveryOptions> = {},
): Lab {
  const batches: IngestBatch[] = [];
  const keepalive: boolean[] = [];
  const reports: Report[] = [];
  const drops: Drop[] = [];
  const storage = httpStorage(
    {
      server: "http://lab.example",
      apiKey: "",
      readKey: "",
      requestTimeoutMs: 10_000,
      fetch: async (input, init) => {
        const batch = await new Request(input, init).json();
        batches.push(batch);
        keepalive.push(init?.keepalive ?? false);
        return await answer(batch, batches.length);
      },
    },
    {
      batchSize: 50,
      batchBytes: 1_000_000,
      intervalMs: 1_000_000,
      maxQueue: 10_000,
      flushTimeoutMs: 5_000,
      backoffMs: 2,
      ...options,
    },
    {
      report: (report) => reports.push(report),
      onDrop: (drop) => drops.push(drop),
    },
  );
  return {
    storage,
    batches,
    keepalive,
    reports,
    drops,
    save(count) {
      for (let i = 0; i < count; i++) {
        const json = `{"event_id":"${made++}"}`;
        storage.save({ kind: "events", json, micros: made });
      }
    },
    codes: () => reports.map(({ code }) => code),
  };
}
