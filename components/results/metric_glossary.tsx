import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { metricLabel } from "./metric_label.ts";

/** Props of {@linkcode MetricGlossary}. */
export interface MetricGlossaryProps {
  analysis: FlagAnalysis;
}

/**
 * What the columns and the metrics mean, for whoever has no pointer to hover
 * over them with: as text, on demand.
 */
export function MetricGlossary(
  { analysis: { metrics, options } }: MetricGlossaryProps,
): JSX.Element {
  const level = `${Number(((1 - options.alpha) * 100).toPrecision(4))}%`;
  return (
    <details class="glossary">
      <summary>What these figures mean</summary>
      <dl>
        <div>
          <dt>Difference</dt>
          <dd>
            From the control. Its interval holds the true one with {level}{" "}
            confidence: <em>any time</em> however often you look,{" "}
            <em>one look</em> at a single look that was planned.
          </dd>
        </div>
        <div>
          <dt>Chance to beat control</dt>
          <dd>
            The probability that the variant is the better one of the two.
          </dd>
        </div>
        <div>
          <dt>Verdict</dt>
          <dd>
            Whether the interval leaves zero behind, in the direction that is
            good for the metric.
          </dd>
        </div>
        <div>
          <dt>n</dt>
          <dd>How many calls, users or outcomes a figure is over.</dd>
        </div>
        {metrics.map((metric) => (
          <div key={metric.metric}>
            <dt>{metricLabel(metric)}</dt>
            <dd>{metric.description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
