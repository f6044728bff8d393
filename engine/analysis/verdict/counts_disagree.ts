import type {
  FlagStatistics,
  Sketch,
  VariantStatistics,
} from "../../statistics/flag_statistics.ts";
import type { Disagreement } from "./check_verdict.ts";

/** What sufficient statistics say twice must agree: counts and sketches. */
export function countsDisagree({ variants }: FlagStatistics): Disagreement[] {
  return variants.flatMap((variant) =>
    pairsOf(variant).filter(([, a, b]) => a !== b).map(([what, a, b]) => ({
      path: `statistics.${variant.name}.${what}`,
      file: String(a),
      recomputed: String(b),
    }))
  );
}

function pairsOf(
  { users, sums, sketches, newUsers }: VariantStatistics,
): (readonly [what: string, bigint, bigint])[] {
  const total = (counts: readonly number[]): bigint =>
    counts.reduce((sum, count) => sum + BigInt(count), 0n);
  const cells = (sketch: Sketch): bigint => total([...sketch.counts]);
  return [
    ["users", users, total(newUsers.map(([, count]) => count))],
    ["sums.latency_known", sums.latency_known, cells(sketches.latency)],
    ["sums.ttft_known", sums.ttft_known, cells(sketches.ttft)],
    ["sums.cost_known", sums.cost_known, cells(sketches.cost)],
  ];
}
