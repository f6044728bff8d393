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

/**
 * The figures behind a decision: the same ones in the same places whatever was
 * decided, so that nothing moves when it changes.
 */
export function DecisionFacts(
  { analysis, flagName }: DecisionCardProps,
): JSX.Element {
  const { decision, metrics, pace, options, pareto } = analysis;
  const { confidence, days_left } = decision;
  const named = (id: string | undefined) =>
    metrics.find(({ metric }) => metric === id);
  const [control, other] = twoOf(analysis);
  const primary = named(pareto.success_metric);
  const between = (read: (point: ParetoPoint) => string): string =>
    [control, other].flatMap((one) => one === undefined ? [] : [read(one)])
      .join(" → ") || UNKNOWN;
  const loss = named(confidence?.metric)?.display;
  const data = soundness(analysis);
  const users = pace.variants.reduce((sum, { users }) => sum + users, 0);
  return (
    <dl class="decision-facts">
      <Fact term={primary?.label ?? "Success"}>
        {between(({ success }) => formatMetric(success, primary?.display))}
      </Fact>
      <Fact term="Cost per 1,000 successes">
        {between(({ cost_per_success }) =>
          formatMetric(cost_per_success, PER_THOUSAND)
        )}
      </Fact>
      <Fact term="Chance to beat control">
        {formatChance(confidence?.chance_to_beat_control ?? null)}
      </Fact>
      <Fact
        term={options.interval === "fixed"
          ? "p-value, one look"
          : "p-value, any time"}
      >
        {formatP(confidence?.p_value ?? null)}
      </Fact>
      <Fact term="Expected loss">
        {formatMetric(confidence?.expected_loss ?? null, loss)}
      </Fact>
      <Fact term="Data">
        <a key={data} href={flagPagePath(flagName, "health")}>{data}</a>
      </Fact>
      <Fact term="Users">{formatCount(users)}</Fact>
      {decision.action === "keep_running"
        ? (
          <Fact term="Time left">
            {days_left === null ? UNKNOWN : daysText(days_left)}
          </Fact>
        )
        : (
          <Fact term="New users a day">
            {pace.users_per_day === null
              ? UNKNOWN
              : formatCount(pace.users_per_day)}
          </Fact>
        )}
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

/** Whether the data can be trusted, in a few words. */
function soundness({ health: { checks } }: FlagAnalysis): string {
  const count = (wanted: string): number =>
    checks.filter(({ status }) => status === wanted).length;
  if (count("failed") > 0) return "✗ Not sound";
  if (count("warning") > 0) return "! Take care";
  // Nobody may read that all was checked where something could not be.
  return count("unknown") > 0 ? "? Not all checked" : "✓ Sound";
}

function Fact(
  { term, children }: { term: string; children: ComponentChildren },
): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      {/* A longer text takes the place of the one before: nothing moves. */}
      <dd key={String(children)}>{children}</dd>
    </div>
  );
}
