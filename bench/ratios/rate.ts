import process from "node:process";

/**
 * The processor time that this process has used, in milliseconds: on a machine
 * that does other things, too, the clock on the wall would measure those.
 */
export function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * How often something is done in a second of processor time: whole rounds,
 * until there was enough of it.
 */
export async function rate(
  round: () => number | Promise<number>,
  seconds: number,
): Promise<number> {
  let done = 0;
  const start = cpuMillis();
  for (;;) {
    done += await round();
    const elapsed = cpuMillis() - start;
    if (elapsed >= seconds * 1000) return done / elapsed * 1000;
  }
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
