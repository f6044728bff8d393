import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { zoneName } from "./format_time.ts";

/** By how many milliseconds the clocks of a zone are ahead of UTC at a time. */
export type Zone = (time: number) => number;

const MINUTE = 60_000;

/** Universal time: what the server renders, and what days are counted in. */
export const UTC: Zone = () => 0;

/** The zone of whoever looks at the page: in a browser. */
const VIEWER: Zone = (time) => -new Date(time).getTimezoneOffset() * MINUTE;

/** The viewer's zone where scripts run, and before that UTC. */
export function useZone(): Zone {
  const zone = useSignal(false);
  useEffect(() => {
    zone.value = true;
  }, []);
  return zone.value ? VIEWER : UTC;
}

/** What a zone is called at a time: `UTC` or `+01:00`. */
export function zoneText(zone: Zone, time: number): string {
  return zoneName(Math.round(zone(time) / MINUTE));
}

/** What the clocks of a zone show at a time, as if it were a time of UTC. */
export function clockOf(zone: Zone, time: number): number {
  return time + zone(time);
}

/** When the clocks of a zone show that: the inverse of {@linkcode clockOf}. */
export function timeOf(zone: Zone, clock: number): number {
  // The zone is another one on the other side of a change to summer time.
  return clock - zone(clock - zone(clock));
}
