import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import type { DistributionAnalysis } from "../../engine/analysis/distribution.ts";
import type { MetricAnalysis } from "../../engine/analysis/metric_analysis.ts";
import { SaveChart } from "../chart/save_chart.tsx";
import { useWidth } from "../chart/use_width.ts";
import { formatCount } from "../format.ts";
import { formatMetric } from "../results/format_metric.ts";
import { formatInterval } from "../results/format_relative.ts";
import { metricLabel } from "../results/metric_label.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { Unknown } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";
import { DistributionChart } from "./distribution_chart.tsx";
import { distributionLayout } from "./distribution_layout.ts";

const DEFAULT_WIDTH = 960;
const SHARES = [0.5, 0.9, 0.95, 0.99] as const;

/** Props of {@linkcode DistributionSection}. */
export interface DistributionSectionProps {
  analysis: FlagAnalysis;
  flagName: string;
  distribution: DistributionAnalysis;
}

/** One figure of single calls: its spread, and its quantiles as a table. */
export function DistributionSection(
  { analysis, flagName, distribution }: DistributionSectionProps,
): JSX.Element {
  const { ref, width, tabindex } = useWidth();
  const { metric } = distribution;
  const label = metricLabel(distribution);
  const metrics = SHARES.flatMap((share) => {
    const id = `${metric}_p${Math.round(share * 100)}`;
    const found = analysis.metrics.find((m) => m.metric === id);
    return found === undefined ? [] : [{ share, metric: found }];
  });
  const quantiles = new Map(distribution.variants.map(({ variant_name }) => [
    variant_name,
    metrics.flatMap(({ share, metric }) => {
      const value = estimateOf(metric, variant_name)?.estimate ?? null;
      return value === null ? [] : [{ share, value }];
    }),
  ]));
  const layout = distributionLayout(
    distribution,
    quantiles,
    width.value ?? DEFAULT_WIDTH,
  );
  const id = `distribution-${metric}`;
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{label}</h2>
        <p class="note">
          Single calls on a logarithmic axis; all shapes have the same scale.
          {layout.zeros > 0 &&
            ` ${
              formatCount(layout.zeros)
            } calls at zero stand at its left end.`}
        </p>
      </div>
      <div class="card">
        <div
          class="chart-box"
          ref={ref}
          tabindex={tabindex}
        >
          <DistributionChart
            layout={layout}
            label={`${label}: how single calls are spread, by variant`}
          />
        </div>
        <SaveChart
          box={ref}
          name={`${flagName} ${label}, distribution`}
        />
      </div>
      <ScrollBox label={`Quantiles: ${label}`}>
        <table class="quantiles stacked">
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">Calls</th>
              {metrics.map(({ share }) => (
                <th key={share} scope="col">p{Math.round(share * 100)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {distribution.variants.map(({ variant_name, count }, index) => (
              <tr key={variant_name}>
                <th scope="row">
                  <VariantLabel name={variant_name} index={index} />
                </th>
                <td data-label="Calls">{formatCount(count)}</td>
                {metrics.map(({ share, metric }) => (
                  <Quantile
                    key={share}
                    share={share}
                    metric={metric}
                    variant={variant_name}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function estimateOf(metric: MetricAnalysis, variant: string) {
  return metric.variants.find(({ variant_name }) => variant_name === variant);
}

function Quantile(
  { share, metric, variant }: {
    share: number;
    metric: MetricAnalysis;
    variant: string;
  },
): JSX.Element {
  const found = estimateOf(metric, variant);
  const format = (value: number): string => formatMetric(value, metric.display);
  return (
    <td data-label={`p${Math.round(share * 100)}`}>
      {found === undefined || found.estimate === null
        ? <Unknown />
        : (
          <span class="cell">
            <span class="number">{format(found.estimate)}</span>
            {found.interval !== null && (
              <span class="detail">
                {formatInterval(found.interval, format)}
              </span>
            )}
          </span>
        )}
    </td>
  );
}
