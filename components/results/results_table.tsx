import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { trimmed } from "../format.ts";
import { formatRelative } from "./format_relative.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { VariantLabel } from "../variant_label.tsx";
import { type EffectAxis, effectAxis } from "./effect_axis.ts";
import { EffectShapes } from "./effect_bar.tsx";
import { MetricRows } from "./metric_rows.tsx";
import { type DifferenceScale, rangesOf } from "./results_view.ts";

/** Props of {@linkcode ResultsTable}. */
export interface ResultsTableProps {
  analysis: FlagAnalysis;
  scale: DifferenceScale;
}

/** Every metric of every variant against the control. */
export function ResultsTable(
  { analysis, scale }: ResultsTableProps,
): JSX.Element {
  const { metrics, options, variant_names } = analysis;
  const kind = options.interval;
  const common = effectAxis(
    rangesOf(metrics, scale, kind),
    scale === "relative",
    rangesOf(
      metrics.filter(({ metric }) => metric === options.metric),
      scale,
      kind,
    ),
  );
  const isCommon = scale === "relative";
  const axes = metrics.map((metric, at) =>
    isCommon ? { grid: "effect-grid", axis: common } : {
      grid: `effect-grid-${at}`,
      axis: effectAxis(rangesOf([metric], scale, kind)),
    }
  );
  const level = `${formatLevel(1 - options.alpha)} interval`;
  return (
    <ScrollBox label="Results by metric">
      <EffectShapes
        grids={new Map(axes.map(({ grid, axis }) => [grid, axis]))}
        variants={variant_names.length}
      />
      <table class="results stacked">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">
              Control
              <VariantLabel name={options.control} index={0} />
            </th>
            <th scope="col" class="start">Variant</th>
            <th scope="col">Value</th>
            <th scope="col">
              Difference
              <span class="muted">{level}</span>
            </th>
            <th scope="col" class="effect-head">
              <span class="visually-hidden">Interval, drawn</span>
              {isCommon && <AxisLabels axis={common} />}
            </th>
            <th scope="col">Chance to beat control</th>
            <th scope="col" class="start">Verdict</th>
          </tr>
        </thead>
        {metrics.map((metric, at) => (
          <MetricRows
            key={metric.metric}
            metric={metric}
            analysis={analysis}
            scale={scale}
            axis={axes[at]?.axis ?? common}
            grid={axes[at]?.grid ?? ""}
            indexOf={(name) => variant_names.indexOf(name)}
          />
        ))}
      </table>
    </ScrollBox>
  );
}

function AxisLabels({ axis }: { axis: EffectAxis }): JSX.Element {
  const { ticks } = axis;
  const shown = [ticks[0], ticks.find(({ value }) => value === 0), ticks.at(-1)]
    .filter((tick) => tick !== undefined);
  return (
    <svg class="effect" width="100%" height="16" aria-hidden="true">
      {shown.map(({ value, x }) => (
        <text
          key={value}
          x={`${x * 100}%`}
          y="12"
          text-anchor={x === 0 ? "start" : x === 1 ? "end" : "middle"}
        >
          {value === 0 ? "0" : trimmed(formatRelative(value))}
        </text>
      ))}
    </svg>
  );
}

function formatLevel(level: number): string {
  return `${Number((level * 100).toPrecision(4))}%`;
}
