import type { JSX } from "preact";
import type { GuardrailVerdict } from "../../engine/analysis/analysis.ts";
import type { Margin } from "../../engine/analysis/analysis_options.ts";
import type {
  MetricAnalysis,
  MetricRole,
  MetricVariant,
} from "../../engine/analysis/metric_analysis.ts";
import { Figure, type FigureProps } from "../figure.tsx";
import { formatCount } from "../format.ts";
import { Unknown } from "../value.tsx";
import { metricLabel } from "./metric_label.ts";
import { formatAbsolute, formatMetric } from "./format_metric.ts";
import { formatRelative } from "./format_relative.ts";

const ROLES: Readonly<Record<MetricRole, string | null>> = {
  primary: "Primary",
  cost: "Cost",
  guardrail: "Guardrail",
  information: null,
};

/** Props of {@linkcode MetricHeading}. */
export interface MetricHeadingProps {
  metric: MetricAnalysis;
  /** The control's figure, if there is a control. */
  control: MetricVariant | undefined;
  guardrails: readonly GuardrailVerdict[];
  /** How many variants stand beside it. */
  rows: number;
}

/** A metric's name, direction and part in the decision; the control's figure. */
export function MetricHeading(
  { metric, control, guardrails, rows }: MetricHeadingProps,
): JSX.Element {
  const higher = metric.direction === "higher_is_better";
  const role = ROLES[metric.role];
  const guardrail = guardrails.find((g) => g.metric === metric.metric);
  return (
    <>
      <th scope="rowgroup" rowSpan={rows}>
        <span class="metric-name" title={metric.description}>
          {metricLabel(metric)}
        </span>
        <span class="metric-notes">
          {role !== null && <span class="badge">{role}</span>}
          <span>
            <span aria-hidden="true">{higher ? "↑" : "↓"}</span>{" "}
            {higher ? "higher is better" : "lower is better"}
          </span>
          {guardrail !== undefined && (
            <span>{marginText(guardrail.margin, metric)}</span>
          )}
        </span>
      </th>
      <td rowSpan={rows} data-label="Control">
        {control === undefined || control.estimate === null
          ? <Unknown />
          : (
            <Figure
              text={formatMetric(control.estimate, metric.display)}
              {...overOf(metric, control)}
            />
          )}
      </td>
    </>
  );
}

/** How much a figure is over, in a number; what it is over, on demand. */
export function overOf(
  { over }: MetricAnalysis,
  { denominator }: MetricVariant,
): Pick<FigureProps, "detail" | "title"> {
  return { detail: `n = ${formatCount(denominator)}`, title: `over ${over}` };
}

function marginText(
  { kind, value }: Margin,
  { display, unit, direction }: MetricAnalysis,
): string {
  const most = kind === "relative"
    ? formatRelative(value)
    : formatAbsolute(value, display, unit);
  const verb = direction === "higher_is_better" ? "fall" : "rise";
  return `may ${verb} by ${most.replace(/^[+±]/, "")}`;
}
