/**
 * Times as text, in UTC where nothing else is said: server and browser must
 * render the same.
 *
 * @module
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `2026-11-24 03:48:05 UTC`, or the text itself if it is no time. */
export function formatInstant(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  const text = new Date(time).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
}

/**
 * `2026-11-24 04:48:05 +01:00` in the zone of whoever looks at it: for browsers
 * alone, once a page has come to life.
 */
export function formatLocalInstant(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  const date = new Date(time);
  const minutes = -date.getTimezoneOffset();
  const text = new Date(time + minutes * MINUTE).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} ${zoneName(minutes)}`;
}

/** `UTC`, `+01:00` or `−03:30`, from minutes ahead of UTC. */
export function zoneName(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const padded = (part: number): string => String(part).padStart(2, "0");
  return `${minutes < 0 ? "−" : "+"}${padded(Math.floor(size / 60))}:${
    padded(size % 60)
  }`;
}

/** `03:48:05 UTC` */
export function formatClock(time: number): string {
  return `${new Date(time).toISOString().slice(11, 19)} UTC`;
}

/** How long ago a time was: `just now`, `12 s ago`, `3 min ago`, `5 d ago`. */
export function formatAgo(iso: string, now: number): string {
  const age = now - Date.parse(iso);
  if (Number.isNaN(age)) return "at an unknown time";
  // Clocks differ: a record may be slightly ahead of the reader.
  if (age < 3 * SECOND) return "just now";
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s ago`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`;
  return `${Math.floor(age / DAY)} d ago`;
}
