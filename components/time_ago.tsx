import type { JSX } from "preact";
import { formatAgo, formatInstant } from "./format_time.ts";

/** Props of {@linkcode TimeAgo}. */
export interface TimeAgoProps {
  /** ISO 8601. */
  time: string;
  /** Epoch milliseconds. */
  now: number;
}

/** How long ago a time was, with the exact time on demand. */
export function TimeAgo({ time, now }: TimeAgoProps): JSX.Element {
  return (
    <time class="ago" dateTime={time} title={formatInstant(time)}>
      {formatAgo(time, now)}
    </time>
  );
}
