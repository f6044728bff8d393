import type { DecisionAction } from "../analysis.ts";
import type { AnalysisRequest } from "../resolve_options.ts";
import { analyzed } from "./analyzed.ts";
import { type Behaviour, seeded, simulatedUser } from "./simulated_users.ts";
import { StatisticsBuilder } from "./statistics_builder.ts";

/** A team that looks again and again, and does what the decision says. */
export interface Peeking {
  readonly control: Behaviour;
  readonly treatment: Behaviour;
  /** Experiments that are simulated. */
  readonly runs: number;
  /** Looks at each, evenly spread. */
  readonly looks: number;
  /** Users of each variant at the last look. */
  readonly users: number;
  readonly seed: number;
  readonly request?: AnalysisRequest;
}

/** How many of the experiments ended in each way; at the first that ends one. */
export type Endings = { readonly [action in DecisionAction]: number };

/** Simulates experiments that stop at the first decision that is not to run on. */
export function peek(
  { control, treatment, runs, looks, users, seed, request }: Peeking,
): Endings {
  const endings = {
    ship: 0,
    keep_control: 0,
    keep_running: 0,
    fix_experiment: 0,
  };
  for (let run = 0; run < runs; run++) {
    const random = seeded(seed * 100_000 + run);
    const builder = new StatisticsBuilder(["a", "b"])
      .setup([["a", 50], ["b", 50]]);
    let action: DecisionAction = "keep_running";
    for (let look = 0; look < looks && action === "keep_running"; look++) {
      for (let n = 0; n < users / looks; n++) {
        builder.add("a", simulatedUser(random, control));
        builder.add("b", simulatedUser(random, treatment));
      }
      action = analyzed(builder.build(), request).decision.action;
    }
    endings[action]++;
  }
  return endings;
}
