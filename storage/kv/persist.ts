import { applyRecords } from "./apply.ts";
import type { ApplyTarget } from "./apply.ts";
import { ConflictError, LOCKED_ATTEMPTS } from "./commit.ts";
import { Pipeline } from "./pipeline.ts";
import { StorageUnavailableError } from "./request_queue.ts";
import type { Request } from "./request_queue.ts";
import { isLocked } from "./while_locked.ts";

/** Attempts after an error that says nothing about its cause. */
const MAX_FAILURES = 3;

/** How often something is tried. */
export interface Attempts {
  /** While other writers are in the way. */
  readonly most: number;
  /** Failed already, for reasons unknown. */
  readonly failed?: number;
}

/**
 * Applies requests, each round by itself and on rows that are read anew, until
 * each request is settled: what is done with those whose pipeline has failed.
 * Never throws.
 */
export async function persist(
  target: ApplyTarget,
  requests: readonly Request[],
  { most, failed = 0 }: Attempts,
): Promise<void> {
  let failures = failed;
  for (let attempt = 1;; attempt++) {
    try {
      await applyOnce(target, requests);
      for (const { resolve } of requests) resolve();
      return;
    } catch (error) {
      if (!isContention(error)) failures++;
      // The commit was sent so often before it gave up.
      if (isLocked(error)) attempt += LOCKED_ATTEMPTS - 1;
      // What made it fail may be one request's own: it must not take the
      // others with it.
      if (failures === MAX_FAILURES && requests.length > 1) {
        // Halves: where everything fails, each is tried but once more.
        const middle = Math.ceil(requests.length / 2);
        const again = { most, failed: MAX_FAILURES - 1 };
        await persist(target, requests.slice(0, middle), again);
        await persist(target, requests.slice(middle), again);
        return;
      }
      if (failures === MAX_FAILURES || attempt >= most) {
        const cause = new StorageUnavailableError(
          "The database did not take the records",
          { cause: error },
        );
        for (const { reject } of requests) reject(cause);
        return;
      }
    }
    await target.pause();
  }
}

/**
 * Applies requests in a pipeline of their own.
 *
 * @throws {Error} What failed first, when all that was sent is settled: what is
 * still under way would be taken for a duplicate by the next attempt.
 */
async function applyOnce(
  target: ApplyTarget,
  requests: readonly Request[],
): Promise<void> {
  const pipeline = new Pipeline(target);
  try {
    await applyRequests(pipeline, requests, false);
  } catch (error) {
    pipeline.fail(error);
  }
  await pipeline.settle();
}

/** Applies what is left of requests; see {@linkcode applyRecords}. */
export async function applyRequests(
  pipeline: Pipeline,
  requests: readonly Request[],
  presume: boolean,
): Promise<void> {
  const slots = requests.flatMap((request) => request.slots);
  const open = slots.filter(({ verdict }) => verdict === null);
  const waiting = requests.flatMap((request) => request.waiting);
  // What is durable may not have been counted to its end.
  for (const { verdict, incoming } of slots) {
    if (verdict !== null) waiting.push(incoming.assignmentId);
  }
  await applyRecords(pipeline, open, waiting, presume);
}

/** Whether another writer was in the way, and the next attempt may succeed. */
export function isContention(error: unknown): boolean {
  return error instanceof ConflictError || isLocked(error);
}
