import type { RecordStorage } from "../storage/http/record_storage.ts";
import type { DeliveryStats } from "../storage/http/stats.ts";

/** Storage for a client without a server: counts records and forgets them. */
export class LocalStorage implements RecordStorage {
  #dropped = 0;

  save(): void {
    this.#dropped++;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  stats(): DeliveryStats {
    return {
      queued: 0,
      sent: 0,
      duplicates: 0,
      rejected: 0,
      dropped: this.#dropped,
      retried: 0,
    };
  }
}
