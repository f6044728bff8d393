import type {
  Sketch,
  VariantStatistics,
} from "../statistics/flag_statistics.ts";
import type {
  DistributionAnalysis,
  DistributionVariant,
} from "./distribution.ts";
import { SKETCHES } from "./quantile_metrics.ts";

/** The distributions that any variant has values of. */
export function distributionsOf(
  variants: readonly VariantStatistics[],
): DistributionAnalysis[] {
  return SKETCHES.map(({ sketch, label, unit, display, scale }) => ({
    metric: sketch,
    label,
    unit,
    display,
    variants: variants.map(({ name, sketches }) =>
      binned(name, sketches[sketch], scale)
    ),
  })).filter(({ variants }) => variants.some(({ count }) => count > 0));
}

function binned(
  variant_name: string,
  sketch: Sketch,
  scale: number,
): DistributionVariant {
  const counts = new Map<number, number>();
  let total = 0;
  for (const [, bucket, count] of sketch) {
    const first = bucket - bucket % widthAt(bucket);
    counts.set(first, (counts.get(first) ?? 0) + count);
    total += count;
  }
  return {
    variant_name,
    count: total,
    bins: [...counts].sort(([a], [b]) => a - b).map(([first, count]) => ({
      lower: floorOf(first) * scale,
      upper: floorOf(first + widthAt(first)) * scale,
      count,
      share: count / total,
    })),
  };
}

/** Buckets that make one of eight bins of a power of two. */
function widthAt(bucket: number): number {
  if (bucket >= 64) return 8;
  return bucket >= 32 ? 4 : bucket >= 16 ? 2 : 1;
}

/** The least value in a bucket; see engine/sketch.ts. */
function floorOf(bucket: number): number {
  return bucket < 64
    ? bucket
    : (64 + bucket % 64) * 2 ** (Math.floor(bucket / 64) - 1);
}
