let asked = 0;

/** Asks; gives the milliseconds until the answer was read. */
export async function askOnce(url: string): Promise<number> {
  const start = performance.now();
  // A question that was not asked before: the server keeps its answers.
  const response = await fetch(`${url}?asked=${start}-${asked++}`);
  await response.text();
  if (response.status !== 200) {
    throw new Error(`${url} must answer 200, got ${response.status}`);
  }
  return performance.now() - start;
}
