import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { metricLabel } from "./metric_label.ts";
import type { DifferenceScale } from "./results_view.ts";

/** The confidence levels that are offered. */
const LEVELS = [0.1, 0.05, 0.01] as const;

/** What the form asks for; what else the address says goes along as it is. */
const CONTROLS: ReadonlySet<string> = new Set([
  "control",
  "metric",
  "alpha",
  "interval",
  "scale",
  "format",
]);

/** Props of {@linkcode ResultsControls}. */
export interface ResultsControlsProps {
  analysis: FlagAnalysis;
  scale: DifferenceScale;
  /** The query of the address. */
  query: URLSearchParams;
}

/**
 * How to look at the results: a plain form whose state is the address. It is
 * the browser's own: the island around it hears of its changes, and does not
 * render it again.
 */
export function ResultsControls(
  { analysis, scale, query }: ResultsControlsProps,
): JSX.Element {
  const { variant_names, metrics, options } = analysis;
  const levels = [...new Set([...LEVELS, options.alpha])].sort((a, b) => b - a);
  return (
    <form class="controls" method="get">
      <label>
        <span>Control</span>
        <select name="control">
          {variant_names.map((name) => (
            <option key={name} value={name} selected={name === options.control}>
              {name.slice(0, 60)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Primary metric</span>
        <select name="metric">
          {metrics.map((metric) => (
            <option
              key={metric.metric}
              value={metric.metric}
              selected={metric.metric === options.metric}
            >
              {metricLabel(metric)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Confidence</span>
        <select name="alpha">
          {levels.map((alpha) => (
            <option
              key={alpha}
              value={alpha}
              selected={alpha === options.alpha}
            >
              {Number(((1 - alpha) * 100).toPrecision(4))}%
            </option>
          ))}
        </select>
      </label>
      <Segments
        legend="Intervals"
        name="interval"
        value={options.interval}
        choices={[["always_valid", "Any time"], ["fixed", "One look"]]}
      />
      <Segments
        legend="Difference"
        name="scale"
        value={scale}
        choices={[["relative", "Relative"], ["absolute", "Absolute"]]}
      />
      <noscript>
        {[...query].filter(([name]) => !CONTROLS.has(name)).map((
          [name, value],
        ) => (
          <input
            key={`${name}=${value}`}
            type="hidden"
            name={name}
            value={value}
          />
        ))}
        <button type="submit">Show</button>
      </noscript>
    </form>
  );
}

interface SegmentsProps {
  legend: string;
  name: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
}

function Segments(
  { legend, name, value, choices }: SegmentsProps,
): JSX.Element {
  return (
    <fieldset class="segments">
      <legend>{legend}</legend>
      {choices.map(([choice, label]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === value}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
