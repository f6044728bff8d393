import type { AnalysisOptions } from "../engine/analysis/analysis_options.ts";
import { effectHistory } from "../engine/analysis/effect_history.ts";
import { metricsOf } from "../engine/analysis/metrics.ts";
import type { FlagEffects } from "../engine/flag_effects.ts";
import type { FlagStatistics } from "../engine/statistics/flag_statistics.ts";
import type { FlagReader } from "../storage/flag_reader.ts";
import { optionsOf } from "./flag_analysis.ts";

/** More points make no better picture. */
const MOST_POINTS = 150;

/** What came of reading a flag's effects, or what is wrong with the query. */
export type ReadEffects =
  | { readonly effects: FlagEffects }
  | { readonly fault: string };

/**
 * Reads how a flag's effect went until now.
 *
 * @param params The query parameters of an analysis.
 * @param now Epoch milliseconds.
 * @returns Null when there is no such flag.
 */
export async function readEffects(
  reader: FlagReader,
  name: string,
  params: URLSearchParams,
  now: number,
): Promise<ReadEffects | null> {
  const statistics = await reader.readStatistics(name);
  if (statistics === null) return null;
  const options = optionsOf(statistics, params);
  if (typeof options === "string") return { fault: options };
  const snapshots = thinned(await reader.readHistory(name));
  const points = [...snapshots, { time: now, statistics }];
  return { effects: effectsOf(statistics, options, points) };
}

function effectsOf(
  statistics: FlagStatistics,
  options: AnalysisOptions,
  points: Parameters<typeof effectHistory>[0],
): FlagEffects {
  const metric = metricsOf(
    statistics,
    [options.metric],
    options.lower_is_better,
  ).find(({ metric }) => metric === options.metric);
  if (metric === undefined) {
    throw new Error(`The metric ${options.metric} must be one of the flag's`);
  }
  const { variants } = statistics;
  const control = variants.filter(({ name }) => name === options.control);
  const others = variants.filter(({ name }) => name !== options.control);
  return {
    flag_name: statistics.flag,
    control: options.control,
    metric: metric.metric,
    label: metric.label,
    unit: metric.unit,
    display: metric.display,
    direction: metric.direction,
    interval: options.interval,
    alpha: options.alpha,
    effects: effectHistory(points, options, metric.metric),
    new_users: [...control, ...others].map(({ name, newUsers }) => ({
      variant_name: name,
      days: newUsers.map(([day, users]) => ({ day: isoOf(day), users })),
    })),
    config_changes: variants
      .flatMap(({ name, configs }) =>
        configs.slice(1).map(({ hash, first }) => ({
          variant_name: name,
          time: isoOf(first),
          hash,
        }))
      )
      .sort((a, b) => a.time < b.time ? -1 : 1),
  };
}

/** Of many snapshots, some that lie evenly, the latest among them. */
function thinned<T>(snapshots: readonly T[]): readonly T[] {
  const stride = Math.ceil(snapshots.length / MOST_POINTS);
  const last = snapshots.length - 1;
  return snapshots.filter((_, at) => (last - at) % Math.max(1, stride) === 0);
}

function isoOf(millis: number): string {
  return new Date(millis).toISOString();
}
