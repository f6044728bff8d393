import type { JSX } from "preact";
import type {
  FlagAnalysis,
  ParetoPoint,
} from "../../engine/analysis/analysis.ts";
import type {
  DisplayScale,
  Interval,
} from "../../engine/analysis/metric_analysis.ts";
import { SaveChart } from "../chart/save_chart.tsx";
import { useWidth } from "../chart/use_width.ts";
import { Figure } from "../figure.tsx";
import { Name } from "../name.tsx";
import { ScrollBox } from "../scroll_box.tsx";
import { Unknown } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";
import { formatMetric, PER_THOUSAND, PLAIN } from "./format_metric.ts";
import { formatInterval } from "./format_relative.ts";
import { metricLabel } from "./metric_label.ts";
import { paretoLayout } from "./pareto_layout.ts";
import { ParetoPlot } from "./pareto_plot.tsx";

const PER_SUCCESS = "Cost per 1,000 successes";
/** The width before the browser has said how much room there is. */
const DEFAULT_WIDTH = 480;

/** Props of {@linkcode ParetoSection}. */
export interface ParetoSectionProps {
  analysis: FlagAnalysis;
  flagName: string;
}

/** What success costs: every variant's place, and who is beaten by whom. */
export function ParetoSection(
  { analysis, flagName }: ParetoSectionProps,
): JSX.Element {
  const { pareto, metrics, variant_names } = analysis;
  const { ref, width, tabindex } = useWidth();
  const named = (id: string) => metrics.find(({ metric }) => metric === id);
  const success = named(pareto.success_metric);
  const cost = named(pareto.cost_metric);
  const display = {
    success: success?.display ?? PLAIN,
    cost: cost?.display ?? PLAIN,
  };
  const layout = paretoLayout(
    pareto.points,
    display,
    width.value ?? DEFAULT_WIDTH,
  );
  const successLabel = success?.label ?? "Success";
  const costLabel = cost === undefined ? "Cost" : metricLabel(cost);
  return (
    <section aria-labelledby="cost-success">
      <div class="section-head">
        <h2 id="cost-success">Cost against success</h2>
        <p class="note">
          Up and to the left is better. A hollow mark is beaten on both by
          another variant. Lines through marks are intervals.
        </p>
      </div>
      <div class="pareto">
        <div class="card">
          {layout.points.length === 0
            ? (
              <p class="empty-chart">
                No variant has both figures yet: record costs and mark outcomes.
              </p>
            )
            : (
              <div
                class="chart-box"
                ref={ref}
                tabindex={tabindex}
              >
                <ParetoPlot
                  layout={layout}
                  label={`${successLabel} against ${costLabel}, by variant`}
                  xLabel={costLabel}
                  yLabel={successLabel}
                />
              </div>
            )}
          {layout.points.length > 0 && (
            <SaveChart
              box={ref}
              name={`${flagName} cost against success`}
            />
          )}
        </div>
        <ScrollBox label="Cost against success as a table">
          <table class="pareto-table stacked">
            <thead>
              <tr>
                <th scope="col">Variant</th>
                <th scope="col">{successLabel}</th>
                <th scope="col">{costLabel}</th>
                <th scope="col">{PER_SUCCESS}</th>
                <th scope="col" class="start">Trade-off</th>
              </tr>
            </thead>
            <tbody>
              {pareto.points.map((point) => (
                <tr key={point.variant_name}>
                  <th scope="row">
                    <VariantLabel
                      name={point.variant_name}
                      index={variant_names.indexOf(point.variant_name)}
                    />
                  </th>
                  <Estimate
                    label={successLabel}
                    value={point.success}
                    interval={point.success_interval}
                    display={display.success}
                  />
                  <Estimate
                    label={costLabel}
                    value={point.cost}
                    interval={point.cost_interval}
                    display={display.cost}
                  />
                  <Estimate
                    label={PER_SUCCESS}
                    value={point.cost_per_success}
                    interval={point.cost_per_success_interval}
                    display={PER_THOUSAND}
                  />
                  <td class="start" data-label="Trade-off">
                    <Place point={point} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </div>
    </section>
  );
}

interface EstimateProps {
  label: string;
  value: number | null;
  interval: Interval | null;
  display: DisplayScale;
}

function Estimate(
  { label, value, interval, display }: EstimateProps,
): JSX.Element {
  const format = (figure: number): string => formatMetric(figure, display);
  return (
    <td data-label={label}>
      {value === null ? <Unknown /> : (
        <Figure
          text={format(value)}
          detail={interval === null
            ? undefined
            : formatInterval(interval, format)}
        />
      )}
    </td>
  );
}

/** The names of more than so many would make a row longer than a window. */
const NAMED = 3;

/** Whether other variants are both cheaper and more successful, and which. */
function Place(
  { point: { on_front, dominated_by } }: { point: ParetoPoint },
): JSX.Element | null {
  if (on_front) return <span>Not beaten</span>;
  if (dominated_by.length === 0) return null;
  const names = dominated_by.map((name) => <Name key={name} name={name} />);
  return dominated_by.length <= NAMED
    ? <span>Beaten by {names}</span>
    : (
      <details>
        <summary>Beaten by {dominated_by.length} variants</summary>
        {names}
      </details>
    );
}
