import { formatDay, formatHour } from "../format_time.ts";

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
 * Ticks at round times of UTC between two times, both inclusive.
 *
 * @param limit The most ticks there is room for.
 */
export function timeTicks(from: number, to: number, limit: number): TimeTick[] {
  const room = Math.max(1, limit);
  const step = STEPS.find((step) => (to - from) / step <= room) ??
    Math.ceil((to - from) / room / DAY) * DAY;
  const ticks: TimeTick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const isDay = time % DAY === 0;
    ticks.push({
      time,
      isDay,
      label: isDay ? formatDay(time) : formatHour(time),
    });
  }
  return ticks;
}
