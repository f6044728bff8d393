import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { Name } from "../name.tsx";
import { DecisionFacts } from "./decision_facts.tsx";
import { DecisionNext } from "./decision_next.tsx";
import { ACTIONS, decisionReason } from "./decision_title.ts";

/** Props of {@linkcode DecisionCard}. */
export interface DecisionCardProps {
  analysis: FlagAnalysis;
  flagName: string;
}

/** What to do, why, how sure that is, what it costs, and what to look after. */
export function DecisionCard(
  { analysis, flagName }: DecisionCardProps,
): JSX.Element {
  const { decision } = analysis;
  const { action, variant } = decision;
  const reason = decisionReason(decision);
  const cares = caresOf(analysis);
  return (
    <section
      class={`card decision decision-${action}`}
      aria-labelledby="decision"
    >
      <div class="decision-head" key={`${action} ${variant}`}>
        <p class="decision-kicker" id="decision">Decision</p>
        <h2>
          <span class="decision-sign" aria-hidden="true">
            {ACTIONS[action].sign}
          </span>
          <span>{ACTIONS[action].words}</span>
          {variant !== null && (
            <>
              {" "}
              <Name name={variant} lines={1} />
            </>
          )}
        </h2>
      </div>
      <DecisionFacts analysis={analysis} flagName={flagName} />
      {/* Another reason is another text: it takes the place of the one before. */}
      <div class="decision-text" key={`${reason}${cares}`}>
        <p class="decision-reason">{reason}</p>
        <DecisionNext analysis={analysis} flagName={flagName} />
        {cares.length > 0 && (
          <div class="decision-list">
            <h3>Take care</h3>
            <ul>{cares.map((item) => <li key={item}>{item}</li>)}</ul>
          </div>
        )}
      </div>
    </section>
  );
}

/** What the reason does not say already. */
function caresOf(
  { decision, guardrails, metrics }: FlagAnalysis,
): readonly string[] {
  const { action, reason, warnings, pending_guardrails } = decision;
  const failed = action === "ship"
    ? []
    : guardrails.filter(({ verdict, label }) =>
      verdict === "fail" && !reason.includes(label.toLowerCase())
    );
  const pending = metrics.filter(({ metric }) =>
    pending_guardrails.includes(metric)
  );
  return [
    ...pending.map(({ label }) => `${label} may be worse than its guardrail.`),
    ...failed.map(({ label, variant_name }) =>
      `${label} of “\u2068${variant_name}\u2069” is beyond its guardrail.`
    ),
    ...warnings.filter((warning) => !reason.includes(warning)),
  ];
}
