import type { FlagEvaluation, VariantEvaluation } from "@modelab/sdk";
import { COUNTS, emptyCount } from "./app_count.ts";
import type { AppCount } from "./app_count.ts";

/**
 * Holds what the server counted of one run against what the app counted.
 *
 * @param before The evaluation before the run; null when there was none.
 * @returns One text for each count that differs.
 */
export function countDifferences(
  before: FlagEvaluation | null,
  after: FlagEvaluation,
  counts: ReadonlyMap<string, AppCount>,
): string[] {
  const [old, now] = [countsOf(before), countsOf(after)];
  const differences: string[] = [];
  for (const variant of new Set([...counts.keys(), ...now.keys()])) {
    for (const name of COUNTS) {
      // Users who come again are no new users.
      if (name === "users" && before !== null) continue;
      const counted = (now.get(variant)?.[name] ?? 0) -
        (old.get(variant)?.[name] ?? 0);
      const seen = counts.get(variant)?.[name] ?? 0;
      if (counted === seen) continue;
      differences.push(
        `${variant}: the server counted ${counted} ${name}, the app ${seen}`,
      );
    }
  }
  return differences;
}

function countsOf(
  evaluation: FlagEvaluation | null,
): ReadonlyMap<string, AppCount> {
  return new Map(
    evaluation?.variants.map((variant) => [
      variant.variant_name,
      countOf(variant),
    ]),
  );
}

function countOf(variant: VariantEvaluation): AppCount {
  const { users, executions, errors, successes, failures } = variant;
  return {
    ...emptyCount(),
    users,
    executions,
    errors,
    successes,
    failures,
    ratings: variant.custom_events["rating"]?.count ?? 0,
  };
}
