import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { daysText } from "../../engine/days_text.ts";
import { flagPagePath } from "../flag_url.ts";

/** Days that nobody waits for a result. */
const YEAR = 365;

/** Props of {@linkcode DecisionNext}. */
export interface DecisionNextProps {
  analysis: FlagAnalysis;
  flagName: string;
}

/** The next thing that the reader can do. */
export function DecisionNext(
  { analysis, flagName }: DecisionNextProps,
): JSX.Element {
  const { action, rule } = analysis.decision;
  return (
    <p class="decision-next">
      <strong>Next:</strong> {stepOf(analysis)}
      {action === "fix_experiment" && (
        <a href={flagPagePath(flagName, "health")}>See its health</a>
      )}
      {(rule === "one_variant" || hasNoOutcome(analysis)) && (
        <a href={flagPagePath(flagName, "setup")}>See the code</a>
      )}
    </p>
  );
}

/** Whether nothing is known of what is to decide. */
function hasNoOutcome({ decision, pareto }: FlagAnalysis): boolean {
  return decision.rule === "not_enough_data" &&
    pareto.points.every(({ success }) => success === null);
}

function stepOf(analysis: FlagAnalysis): string {
  const { action, rule, days_left } = analysis.decision;
  if (action === "ship") return "give it to everyone, and archive the flag.";
  if (action === "keep_control") {
    return "give everyone the control, and archive the flag.";
  }
  if (action === "fix_experiment") return "find the cause, and mend it. ";
  if (rule === "one_variant") return "add a second variant. ";
  if (hasNoOutcome(analysis)) return "record what it is decided by. ";
  if (days_left === 0) {
    return "end it, unless you look for a smaller difference.";
  }
  if (days_left !== null && days_left > YEAR) {
    return "end it, or give it more users: this takes more than a year.";
  }
  return days_left === null
    ? "leave it running."
    : `leave it running for ${daysText(days_left)} more.`;
}
