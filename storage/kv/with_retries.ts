/** Tries so often while other writers are in the way. */
const MAX_ATTEMPTS = 200;

/**
 * Does what other writers can get in the way of, until they do not.
 *
 * @param attempt Reads, and commits what it has read; null when it has to be
 * done again.
 * @throws {Error} What the attempt throws, but for a database that is locked;
 * or that it was in vain too often.
 */
export async function withRetries<T>(
  attempt: () => Promise<T | null>,
): Promise<T> {
  for (let n = 0; n < MAX_ATTEMPTS; n++) {
    try {
      const result = await attempt();
      if (result !== null) return result;
    } catch (error) {
      const isLocked = error instanceof Error &&
        error.message.includes("database is locked");
      if (!isLocked) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
  }
  throw new Error("Other writers were in the way for too long");
}
