import type { JSX } from "preact";
import type { Decision } from "../../engine/analysis/analysis.ts";
import { daysText } from "../../engine/days_text.ts";
import { flagPagePath } from "../flag_url.ts";

/** Props of {@linkcode DecisionNext}. */
export interface DecisionNextProps {
  decision: Decision;
  flagName: string;
}

/** The next thing that the reader can do. */
export function DecisionNext(
  { decision, flagName }: DecisionNextProps,
): JSX.Element {
  const { action, rule } = decision;
  return (
    <p class="decision-next">
      <strong>Next:</strong> {stepOf(decision)}
      {action === "fix_experiment" && (
        <a href={flagPagePath(flagName, "health")}>See its health</a>
      )}
      {rule === "one_variant" && (
        <a href={flagPagePath(flagName, "setup")}>See the code</a>
      )}
    </p>
  );
}

function stepOf({ action, rule, days_left }: Decision): string {
  if (action === "ship") return "give it to everyone, and archive the flag.";
  if (action === "keep_control") {
    return "give everyone the control, and archive the flag.";
  }
  if (action === "fix_experiment") return "find the cause, and mend it. ";
  if (rule === "one_variant") return "add a second variant. ";
  if (days_left === 0) {
    return "end it, unless you look for a smaller difference.";
  }
  return days_left === null
    ? "leave it running."
    : `leave it running for ${daysText(days_left)} more.`;
}
