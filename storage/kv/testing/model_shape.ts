import { sketchCells } from "../../../engine/statistics/sketch_cells.ts";
import type {
  FlagStatistics,
  VariantStatistics,
} from "../../../engine/statistics/flag_statistics.ts";
import { SKETCH_METRICS } from "../fields.ts";
import type { KvFlagReader } from "../reader.ts";
import type { ModelFlag, ModelVariant } from "./model.ts";
import { RECEIVED_AT } from "./records.ts";

/** The statistics in the shape of the model; what is zero is left out. */
export function inModelShape(
  found: FlagStatistics | null,
): Omit<ModelFlag, "health"> {
  const variants = (found?.variants ?? []).map((variant) => [
    variant.name,
    {
      users: variant.users,
      totals: nonZero({ ...variant.sums, ...variant.products }),
      events: Object.fromEntries(
        [...variant.events].map(([name, { sums, products }]) => [
          name,
          nonZero({ ...sums, ...products }),
        ]),
      ),
      cells: cellsOf(variant),
      newUsers: Object.fromEntries(variant.newUsers),
    },
  ]);
  return {
    variants: Object.fromEntries(variants),
    usersInSeveralVariants: found?.usersInSeveralVariants ?? 0n,
  };
}

function cellsOf({ sketches }: VariantStatistics): { [cell: string]: number } {
  return Object.fromEntries(
    SKETCH_METRICS.flatMap((metric) =>
      sketchCells(sketches[metric]).map(([shard, bucket, count]) => [
        `${metric} ${shard} ${bucket}`,
        count,
      ])
    ),
  );
}

/** The same sums without those that are zero. */
export function nonZero(totals: { readonly [name: string]: bigint }): object {
  return Object.fromEntries(
    Object.entries(totals).filter(([, value]) => value !== 0n),
  );
}

/** What a model expects of a flag, in the same shape. */
export function expectedOf(
  { variants, usersInSeveralVariants }: ModelFlag,
): object {
  const plain = ({ hours: _, ...rest }: ModelVariant): object => ({
    ...rest,
    totals: nonZero(rest.totals),
    events: Object.fromEntries(
      Object.entries(rest.events).map(([name, sums]) => [name, nonZero(sums)]),
    ),
  });
  return {
    variants: Object.fromEntries(
      Object.entries(variants).map(([name, variant]) => [name, plain(variant)]),
    ),
    usersInSeveralVariants,
  };
}

/** The hours of a flag's timeline, in the shape of the model. */
export async function hoursOf(
  reader: KvFlagReader,
  flag: string,
): Promise<{ [variant: string]: object }> {
  const day = 86_400_000;
  const timeline = await reader.readTimeline(flag, {
    granularity: "hour",
    from: RECEIVED_AT - 4 * day,
    to: RECEIVED_AT + day,
  });
  return Object.fromEntries((timeline?.series ?? []).map((series) => {
    const totals: { [name: string]: bigint } = {};
    for (const point of series.points) {
      const counts = ["assignments", "executions", "successes"] as const;
      for (const name of [...counts, "failures", "errors"] as const) {
        totals[`${point.time} ${name}`] = BigInt(point[name]);
      }
      const cost = BigInt(Math.round((point.total_cost ?? 0) * 1e9));
      totals[`${point.time} cost`] = cost;
    }
    return [series.variant_name, nonZero(totals)];
  }));
}
