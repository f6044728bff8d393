/** Milliseconds after which what was waited for is taken never to come. */
export const PATIENCE = 60_000;

/** Waits for so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks until it is so.
 *
 * @param what What must come to be so, for the error when it does not.
 */
export async function until(
  holds: () => Promise<boolean>,
  what: string,
): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!await holds().catch(() => false)) {
    if (performance.now() > end) throw new Error(what);
    await pause(50);
  }
}
