import assert from "node:assert/strict";
import type { IngestResult } from "../../engine/records.ts";
import type { KnownBatch } from "./known_load.ts";

/** Sends batches, and remembers which of them a server has acknowledged. */
export class Acknowledgements {
  readonly acknowledged: KnownBatch[] = [];
  unacknowledged: KnownBatch[] = [];

  /** Sends a batch; false when nobody said that it is durable. */
  async send(url: string, batch: KnownBatch): Promise<boolean> {
    const result = await post(url, batch);
    if (result === null) {
      this.unacknowledged.push(batch);
      return false;
    }
    assert.deepEqual(result.rejected, []);
    assert.equal(result.accepted + result.duplicates, batch.records);
    this.acknowledged.push(batch);
    return true;
  }

  /** Sends again what nobody acknowledged; all of it must be taken now. */
  async resend(urls: readonly string[]): Promise<void> {
    const batches = this.unacknowledged.splice(0);
    await inParallel(batches, async (batch, n) => {
      const url = urls[n % urls.length] ?? "";
      assert.ok(await this.send(url, batch), "a batch was not taken");
    });
  }

  /** Fails unless a server knows every record that was acknowledged. */
  async assertAllKnown(urls: readonly string[]): Promise<void> {
    await inParallel(this.acknowledged, async (batch, n) => {
      const result = await post(urls[n % urls.length] ?? "", batch);
      const { accepted, duplicates } = result ?? {};
      // What had been lost would be new.
      assert.deepEqual([accepted, duplicates], [0, batch.records]);
    });
  }
}

/** Sends a batch; null when it was not answered, or with a 503. */
async function post(
  url: string,
  { body }: KnownBatch,
): Promise<IngestResult | null> {
  try {
    const response = await fetch(`${url}/api/v1/ingest`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    const result = await response.json();
    return response.status === 200 ? result : null;
  } catch {
    return null;
  }
}

const PARALLEL = 8;

async function inParallel<T>(
  items: readonly T[],
  use: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = [...items.entries()];
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await use(next[1], next[0]);
    }
  }));
}
