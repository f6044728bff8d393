import type { RecordStorage } from "../storage/http/record_storage.ts";

/** Storage for a client without a server: counts records and forgets them. */
export function localStorage(): RecordStorage {
  let dropped = 0;
  return {
    save() {
      dropped++;
    },
    async flush() {},
    async shutdown() {},
    stats: () => ({
      queued: 0,
      sent: 0,
      duplicates: 0,
      rejected: 0,
      dropped,
      retried: 0,
    }),
  };
}
