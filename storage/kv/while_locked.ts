const MAX_ATTEMPTS = 200;
const MAX_PAUSE = 50;

/** Whether another process was writing to the database's file just then. */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

/**
 * Runs a task again, each time after a random pause of up to 50 ms, while
 * another process holds the database's file.
 */
export async function whileLocked<T>(task: () => Promise<T>): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (!isLocked(error) || attempt === MAX_ATTEMPTS) throw error;
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.random() * MAX_PAUSE)
    );
  }
}
