/** Resolves when a condition holds; rejects when it does not in 20 seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > 20_000) {
      throw new Error(`still waiting for: ${condition}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
