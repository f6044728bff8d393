import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatInstant, formatLocalInstant } from "./format_time.ts";

/** Props of {@linkcode Instant}. */
export interface InstantProps {
  /** ISO 8601. */
  time: string;
}

/**
 * A time to the second: in UTC as the server renders it, and, where scripts
 * run, in the viewer's zone with UTC on hover. Both take the same room.
 */
export function Instant({ time }: InstantProps): JSX.Element {
  const isLocal = useSignal(false);
  useEffect(() => {
    isLocal.value = true;
  }, []);
  const utc = formatInstant(time);
  return (
    <time class="instant" dateTime={time} title={utc}>
      {isLocal.value ? formatLocalInstant(time) : utc}
    </time>
  );
}
