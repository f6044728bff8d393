import { formatDay, formatHour } from "../format_bucket.ts";
import { clockOf, timeOf, type Zone } from "../zone.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  30 * DAY,
];

/** A labelled time on the axis. */
export interface TimeTick {
  readonly time: number;
  /** `14:30`, or `Nov 24` where a day begins. */
  readonly label: string;
  /** Whether a day begins here. */
  readonly isDay: boolean;
}

/**
 * Ticks at round times of a zone between two times, both inclusive.
 *
 * @param limit The most ticks there is room for.
 */
export function timeTicks(
  from: number,
  to: number,
  limit: number,
  zone: Zone,
): TimeTick[] {
  const room = Math.max(1, limit);
  const step = STEPS.find((step) => (to - from) / step <= room) ??
    Math.ceil((to - from) / room / DAY) * DAY;
  const ticks: TimeTick[] = [];
  let clock = Math.ceil(clockOf(zone, from) / step) * step;
  for (; clock <= clockOf(zone, to); clock += step) {
    const isDay = clock % DAY === 0;
    ticks.push({
      time: timeOf(zone, clock),
      isDay,
      label: isDay ? formatDay(clock) : formatHour(clock),
    });
  }
  return ticks;
}
