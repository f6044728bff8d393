import type { FlagEvaluation, VariantEvaluation } from "@modelab/sdk";
import type { AppCount } from "./app_count.ts";
import type { TrueFigures } from "./true_figures.ts";

/** What is known about a variant without asking the server. */
export interface KnownFigures {
  readonly counted: AppCount;
  readonly figures: TrueFigures;
}

interface Row {
  readonly label: string;
  readonly measured: (variant: VariantEvaluation) => number | null;
  readonly known: (known: KnownFigures) => number;
  readonly format: (value: number) => string;
}

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;
const millis = (value: number): string => `${value.toFixed(0)} ms`;
const dollars = (value: number): string => `$${value.toFixed(6)}`;

const ROWS: readonly Row[] = [
  {
    label: "users",
    measured: (variant) => variant.users,
    known: ({ counted }) => counted.users,
    format: String,
  },
  {
    label: "executions",
    measured: (variant) => variant.executions,
    known: ({ counted }) => counted.executions,
    format: String,
  },
  {
    label: "ratings",
    measured: (variant) => variant.custom_events["rating"]?.count ?? 0,
    known: ({ counted }) => counted.ratings,
    format: String,
  },
  rate("success rate", "success_rate", percent),
  rate("error rate", "error_rate", percent),
  rate("latency p50", "p50_latency_ms", millis),
  rate("latency p95", "p95_latency_ms", millis),
  rate("cost per call", "avg_cost", dollars),
  rate("cost per success", "cost_per_success", dollars),
];

function rate(
  label: string,
  name: keyof TrueFigures,
  format: Row["format"],
): Row {
  return {
    label,
    measured: (variant) => variant[name],
    known: ({ figures }) => figures[name],
    format,
  };
}

/** The evaluation as text: for each variant, what was measured and what is so. */
export function figureTable(
  { variants }: FlagEvaluation,
  knownOf: (variantName: string) => KnownFigures,
): string {
  const lines = [
    ["", ...variants.flatMap(({ variant_name }) => [variant_name, ""])],
    ["", ...variants.flatMap(() => ["measured", "true"])],
    ...ROWS.map(({ label, measured, known, format }) => [
      label,
      ...variants.flatMap((variant) => {
        const value = measured(variant);
        return [
          value === null ? "unknown" : format(value),
          format(known(knownOf(variant.variant_name))),
        ];
      }),
    ]),
  ];
  const widths =
    lines[0]?.map((_, column) =>
      Math.max(...lines.map((line) => line[column]?.length ?? 0))
    ) ?? [];
  return lines.map((line) =>
    line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }).join("  ").trimEnd()
  ).join("\n");
}
