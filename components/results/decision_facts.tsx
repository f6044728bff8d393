import type { ComponentChildren, JSX } from "preact";
import type {
  FlagAnalysis,
  ParetoPoint,
} from "../../engine/analysis/analysis.ts";
import { daysText } from "../../engine/days_text.ts";
import { flagPagePath } from "../flag_url.ts";
import { formatCount, UNKNOWN } from "../format.ts";
import type { DecisionCardProps } from "./decision_card.tsx";
import {
  formatChance,
  formatMetric,
  formatP,
  PER_THOUSAND,
} from "./format_metric.ts";
import { formatInterval } from "./format_relative.ts";
import { formatLoss } from "./format_loss.ts";
import { metricLabel } from "./metric_label.ts";
import { shownDifference } from "./results_view.ts";

/**
 * The figures behind a decision: the same ones in the same places whatever was
 * decided, so that nothing moves when it changes.
 */
export function DecisionFacts(
  { analysis, flagName }: DecisionCardProps,
): JSX.Element {
  const { decision, metrics, options, pace, pareto } = analysis;
  const { confidence } = decision;
  const named = (id: string | undefined) =>
    metrics.find(({ metric }) => metric === id);
  const [control, other] = twoOf(analysis);
  const primary = named(pareto.success_metric);
  const between = (read: (point: ParetoPoint) => string): string => {
    const texts = [control, other].flatMap((one) =>
      one === undefined ? [] : [read(one)]
    );
    return texts.every((text) => text === UNKNOWN)
      ? UNKNOWN
      : texts.join(" → ");
  };
  const differenceOf = (id: string): string =>
    differenceText(analysis, id, other?.variant_name);
  const [data, checks] = soundness(analysis);
  const p = confidence?.p_value ?? null;
  const decider = named(confidence?.metric);
  // A guardrail may have decided: its chances are not those of the metric above.
  const about = decider === undefined || decider === primary
    ? null
    : metricLabel(decider);
  const look = options.interval === "fixed" ? "one look" : "any time";
  return (
    <dl class="decision-facts">
      <Fact
        term={primary === undefined ? "Success" : metricLabel(primary)}
        detail={differenceOf(pareto.success_metric)}
      >
        {between(({ success }) => formatMetric(success, primary?.display))}
      </Fact>
      <Fact
        term="Cost per 1,000 successes"
        detail={differenceOf("cost_per_success")}
      >
        {between(({ cost_per_success }) =>
          formatMetric(cost_per_success, PER_THOUSAND)
        )}
      </Fact>
      <Fact
        term="Chance to beat control"
        detail={p === null
          ? "no p-value yet"
          : about === null
          ? `p-value ${formatP(p)}, ${look}`
          : `${about}: p-value ${formatP(p)}`}
      >
        {formatChance(confidence?.chance_to_beat_control ?? null)}
      </Fact>
      <Fact
        term="Expected loss"
        detail={about === null
          ? "if the decision is wrong"
          : `${about}, if wrong`}
      >
        {formatLoss(confidence?.expected_loss ?? null, decider)}
      </Fact>
      <Fact term="Data" detail={checks}>
        <a
          key={data}
          class={`check-${analysis.health.status}`}
          href={flagPagePath(flagName, "health")}
        >
          {data}
        </a>
      </Fact>
      <Fact term="Users" detail={paceText(analysis)}>
        {formatCount(pace.variants.reduce((sum, { users }) => sum + users, 0))}
      </Fact>
    </dl>
  );
}

/** The control, and the variant that the decision is about. */
function twoOf(
  { decision, options, pareto: { points } }: FlagAnalysis,
): readonly (ParetoPoint | undefined)[] {
  const others = points.filter(({ variant_name }) =>
    variant_name !== options.control
  );
  const best = [...others].sort((a, b) => (b.success ?? 0) - (a.success ?? 0));
  return [
    points.find(({ variant_name }) => variant_name === options.control),
    others.find(({ variant_name }) => variant_name === decision.variant) ??
      best[0],
  ];
}

/** The variant's difference from the control: `+13.2 pp [+5.8 pp, +20.7 pp]`. */
function differenceText(
  { metrics, options }: FlagAnalysis,
  id: string,
  variant: string | undefined,
): string {
  const metric = metrics.find((one) => one.metric === id);
  const comparison = metric?.variants.find(({ variant_name }) =>
    variant_name === variant
  )?.comparison;
  if (metric === undefined || !comparison) return "nothing to compare";
  if (comparison.status === "not_enough_data") return "too few data yet";
  const scale = metric.unit === "share" ? "absolute" : "relative";
  const shown = shownDifference(metric, comparison, scale, options.interval);
  if (shown === null) return "nothing to compare";
  const { estimate, interval, format } = shown;
  return `${format(estimate)} ${formatInterval(interval, format)}`;
}

/** Whether the data can be trusted, and how many checks say so. */
function soundness(
  { health: { checks } }: FlagAnalysis,
): readonly [word: string, checks: string] {
  const count = (wanted: string): number =>
    checks.filter(({ status }) => status === wanted).length;
  // Nobody may read that all was checked where something could not be.
  const word = count("failed") > 0
    ? "✗ Not sound"
    : count("warning") > 0
    ? "! Take care"
    : count("unknown") > 0
    ? "? Not all checked"
    : "✓ Sound";
  return [word, `${count("ok")} of ${checks.length} checks passed`];
}

/** How long it takes yet, or how many more users come. */
function paceText({ decision, pace }: FlagAnalysis): string {
  const { action, days_left } = decision;
  if (action === "keep_running" && days_left !== null && days_left > 0) {
    return `${daysText(days_left)} left`;
  }
  return pace.users_per_day === null
    ? "new users a day not known"
    : `${formatCount(pace.users_per_day)} new a day`;
}

interface FactProps {
  term: string;
  detail: string;
  children: ComponentChildren;
}

function Fact({ term, detail, children }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      {/* A longer text takes the place of the one before: nothing moves. */}
      <dd key={`${detail}${children}`}>
        <span class="decision-figure">{children}</span>{" "}
        <span class="decision-detail">{detail}</span>
      </dd>
    </div>
  );
}
