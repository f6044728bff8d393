const DAY = 86_400_000;
/** How far the demo's traffic reaches back. */
const DAYS = 14;
/** How much more comes by day than by night. */
const DAYTIME = 0.1;

/**
 * When each of so many customers comes, in epoch milliseconds: over the past
 * days until now, most of them around noon (UTC), the earliest first.
 *
 * @param now Epoch milliseconds.
 */
export function arrivals(users: number, now: number): number[] {
  const first = now - DAYS * DAY;
  return Array.from({ length: users }, (_, n) => {
    const even = first + (n + 0.5) / users * (now - first);
    const midnight = Math.floor(even / DAY) * DAY;
    const part = (even - midnight) / DAY;
    const moved = part + DAYTIME * Math.sin(2 * Math.PI * part);
    return Math.min(now, Math.max(first, midnight + moved * DAY));
  });
}

/** The day (UTC) of a time, as a number. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY);
}
