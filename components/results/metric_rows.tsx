import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import type {
  MetricAnalysis,
  MetricVariant,
} from "../../engine/analysis/metric_analysis.ts";
import type { EffectAxis } from "./effect_axis.ts";
import { foldVariants } from "./fold_variants.ts";
import { MetricHeading } from "./metric_heading.tsx";
import { MetricRow } from "./metric_row.tsx";
import type { DifferenceScale } from "./results_view.ts";

/** Props of {@linkcode MetricRows}. */
export interface MetricRowsProps {
  metric: MetricAnalysis;
  analysis: FlagAnalysis;
  scale: DifferenceScale;
  axis: EffectAxis;
  /** Names the lines of the axis. */
  grid: string;
  /** The place of a variant among the flag's. */
  indexOf: (name: string) => number;
}

/**
 * A metric: its name and the control's figure, and a row for each variant. The
 * middle of many is folded: its rows follow what unfolds them, so that a table
 * of any length is one table, with one head.
 */
export function MetricRows(
  { metric, analysis, scale, axis, grid, indexOf }: MetricRowsProps,
): JSX.Element {
  const isControl = ({ comparison }: MetricVariant): boolean =>
    comparison === null;
  const others = metric.variants.filter((variant) => !isControl(variant));
  const { first, folded, last } = foldVariants(
    others,
    metric.direction,
    analysis.decision.variant,
  );
  const heading = (
    <MetricHeading
      metric={metric}
      control={metric.variants.find(isControl)}
      guardrails={analysis.guardrails}
      rows={Math.max(1, others.length) + (folded.length > 0 ? 1 : 0)}
    />
  );
  const cells = (variant: MetricVariant): JSX.Element => (
    <MetricRow
      metric={metric}
      variant={variant}
      index={indexOf(variant.variant_name)}
      scale={scale}
      kind={analysis.options.interval}
      axis={axis}
      grid={grid}
    />
  );
  return (
    <tbody>
      {others.length === 0 && (
        <tr>
          {heading}
          <td colSpan={6} class="start muted">
            Nothing to compare with yet
          </td>
        </tr>
      )}
      {first.map((variant, at) => (
        <tr key={variant.variant_name}>
          {at === 0 && heading}
          {cells(variant)}
        </tr>
      ))}
      {folded.length > 0 && (
        <tr class="fold">
          <td colSpan={6} class="start">
            <details>
              <summary>
                {folded.length}{" "}
                {last.length > 0 ? "variants in between" : "more variants"}
                <span class="visually-hidden">: {metric.label}</span>
              </summary>
            </details>
          </td>
        </tr>
      )}
      {folded.map((variant) => (
        <tr key={variant.variant_name} class="folded">{cells(variant)}</tr>
      ))}
      {last.map((variant) => (
        <tr key={variant.variant_name}>{cells(variant)}</tr>
      ))}
    </tbody>
  );
}
