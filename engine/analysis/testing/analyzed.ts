import type { FlagStatistics } from "../../statistics/flag_statistics.ts";
import type { FlagAnalysis } from "../analysis.ts";
import { analyze } from "../analyze.ts";
import { type AnalysisRequest, resolveOptions } from "../resolve_options.ts";
import { type Behaviour, seeded, simulatedUser } from "./simulated_users.ts";
import { StatisticsBuilder } from "./statistics_builder.ts";

/** Analyses, where the request must fit the flag. */
export function analyzed(
  statistics: FlagStatistics,
  request: AnalysisRequest = {},
): FlagAnalysis {
  const options = resolveOptions(statistics, request);
  if ("option" in options) throw new Error(JSON.stringify(options));
  return analyze(statistics, options);
}

/** An arm of a simulated experiment. */
export interface SimulatedArm extends Behaviour {
  readonly users: number;
}

/**
 * A builder filled with simulated users, whose setup gives every variant an
 * equal weight.
 */
export function simulated(
  arms: { readonly [variant: string]: SimulatedArm },
  { seed = 1, days = 10 }: { readonly seed?: number; readonly days?: number } =
    {},
): StatisticsBuilder {
  const random = seeded(seed);
  const names = Object.keys(arms);
  const builder = new StatisticsBuilder(names)
    .setup(names.map((name) => [name, 50]));
  for (const [name, arm] of Object.entries(arms)) {
    builder.config(name, `model-${name}`);
    for (let n = 0; n < arm.users; n++) {
      builder.add(name, simulatedUser(random, arm), n % days);
    }
  }
  return builder;
}
