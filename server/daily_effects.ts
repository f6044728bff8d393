import { effectHistory } from "../engine/analysis/effect_history.ts";
import type { TimelineEffect } from "../engine/evaluation.ts";
import type { FlagReader, FlagSnapshot } from "../storage/flag_reader.ts";
import { optionsOf } from "./flag_analysis.ts";

const DAY = 86_400_000;

/** Part of a timeline in epoch milliseconds: from inclusive, to exclusive. */
export interface DailyRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The effect on the primary metric at the end of each day, from all data up to
 * it: as the latest snapshot of the day has it, and for today as it stands.
 *
 * @param params The query parameters of an analysis.
 * @param now Epoch milliseconds.
 * @returns What is wrong with the parameters, as text; null where there is no
 * such flag.
 */
export async function readDailyEffects(
  reader: FlagReader,
  name: string,
  params: URLSearchParams,
  { from, to }: DailyRange,
  now: number,
): Promise<TimelineEffect | string | null> {
  const statistics = await reader.readStatistics(name);
  if (statistics === null) return null;
  const options = optionsOf(statistics, params);
  if (typeof options === "string") return options;
  const start = Math.floor(from / DAY) * DAY;
  const points = [
    ...await reader.readHistory(name),
    { time: now, statistics },
  ].filter(({ time }) => time >= start && time < to);
  return {
    metric: options.metric,
    control: options.control,
    alpha: options.alpha,
    variants: effectHistory(lastOfDays(points), options, options.metric),
  };
}

/** The latest snapshot of each day; the earliest day first. */
function lastOfDays(points: readonly FlagSnapshot[]): FlagSnapshot[] {
  const days = new Map<number, FlagSnapshot>();
  for (const point of points) days.set(Math.floor(point.time / DAY), point);
  return [...days.values()];
}
