import type { JSX } from "preact";
import type { IntervalKind } from "../../engine/analysis/analysis_options.ts";
import type {
  MetricAnalysis,
  MetricComparison,
  MetricVariant,
} from "../../engine/analysis/metric_analysis.ts";
import { daysText } from "../../engine/days_text.ts";
import { Figure } from "../figure.tsx";
import { Unknown } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";
import type { EffectAxis } from "./effect_axis.ts";
import { EffectBar, markOf } from "./effect_bar.tsx";
import { formatChance, formatMetric } from "./format_metric.ts";
import { formatInterval } from "./format_relative.ts";
import { missingText } from "./missing_text.ts";
import { overOf } from "./metric_heading.tsx";
import { type DifferenceScale, shownDifference } from "./results_view.ts";
import { StatusMark } from "./status_mark.tsx";

/** Props of {@linkcode MetricRow}. */
export interface MetricRowProps {
  metric: MetricAnalysis;
  variant: MetricVariant;
  /** The variant's place among the flag's. */
  index: number;
  scale: DifferenceScale;
  kind: IntervalKind;
  axis: EffectAxis;
  /** Names the lines of the axis. */
  grid: string;
}

/** One variant against the control, on one metric: the cells of a row. */
export function MetricRow(
  { metric, variant, index, scale, kind, axis, grid }: MetricRowProps,
): JSX.Element {
  const { comparison } = variant;
  const difference = comparison &&
    shownDifference(metric, comparison, scale, kind);
  return (
    <>
      <td class="start" data-label="Variant">
        <VariantLabel
          name={variant.variant_name}
          index={index}
          mark={markOf(index)}
        />
      </td>
      <td data-label="Value">
        {variant.estimate === null ? <Unknown /> : (
          <Figure
            text={formatMetric(variant.estimate, metric.display)}
            {...overOf(metric, variant)}
          />
        )}
      </td>
      <td data-label="Difference">
        {difference === null ? <Unknown /> : (
          <Figure
            text={difference.format(difference.estimate)}
            detail={formatInterval(difference.interval, difference.format)}
          />
        )}
      </td>
      <td class="effect-cell">
        {difference !== null && comparison !== null && (
          <EffectBar
            axis={axis}
            grid={grid}
            range={difference}
            status={comparison.status}
          />
        )}
      </td>
      <td data-label="Chance to beat control">
        {comparison === null || comparison.chance_to_beat_control === null
          ? <Unknown />
          : <Figure text={formatChance(comparison.chance_to_beat_control)} />}
      </td>
      <td class="start" data-label="Verdict">
        {comparison !== null && <Verdict comparison={comparison} />}
      </td>
    </>
  );
}

function Verdict(
  { comparison }: { comparison: MetricComparison },
): JSX.Element {
  const { status, missing: [first], days_left } = comparison;
  return (
    <>
      <StatusMark status={status} />
      {first !== undefined && (
        <span class="detail wrap">{missingText(first)}</span>
      )}
      {status === "unclear" && days_left !== null && days_left > 0 && (
        <span class="detail wrap">
          {daysText(days_left)} left
        </span>
      )}
    </>
  );
}
