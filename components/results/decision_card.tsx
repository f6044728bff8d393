import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { formatCount } from "../format.ts";
import { Name } from "../name.tsx";
import { formatChance, formatMetric, formatP } from "./format_metric.ts";
import { ACTIONS } from "./decision_title.ts";
import { missingText } from "./missing_text.ts";

/** Props of {@linkcode DecisionCard}. */
export interface DecisionCardProps {
  analysis: FlagAnalysis;
}

/** What to do, why, how sure that is, and what is missing. */
export function DecisionCard({ analysis }: DecisionCardProps): JSX.Element {
  const { decision, guardrails } = analysis;
  const { action, variant, reason, missing, trade_offs, warnings } = decision;
  const failed = guardrails.filter(({ verdict }) => verdict === "fail");
  return (
    <section
      class={`card decision decision-${action}`}
      aria-labelledby="decision"
    >
      <p class="decision-kicker" id="decision">Decision</p>
      <h2>
        <span class="decision-sign" aria-hidden="true">
          {ACTIONS[action].sign}
        </span>
        {ACTIONS[action].words}
        {variant !== null && (
          <>
            {" "}
            <Name name={variant} lines={1} />
          </>
        )}
      </h2>
      <p class="decision-reason">{reason}</p>
      {missing.length > 0 && (
        <List title="Missing" items={missing.map(missingText)} />
      )}
      {trade_offs.length > 0 && (
        <List
          title="Know that"
          items={trade_offs.map(({ message }) => message)}
        />
      )}
      {action !== "ship" && failed.length > 0 && (
        <List
          title="Guardrails that fail"
          items={failed.map(({ label, variant_name }) =>
            `${label} of “${variant_name}”`
          )}
        />
      )}
      {warnings.length > 0 && <List title="Take care" items={warnings} />}
      <Facts analysis={analysis} />
    </section>
  );
}

function List(
  { title, items }: { title: string; items: readonly string[] },
): JSX.Element {
  return (
    <div class="decision-list">
      <h3>{title}</h3>
      <ul>{items.map((item) => <li key={item}>{item}</li>)}</ul>
    </div>
  );
}

/** How sure the decision is, and how fast the experiment goes. */
function Facts({ analysis }: DecisionCardProps): JSX.Element {
  const { decision: { confidence, days_left }, pace, options } = analysis;
  const metric = analysis.metrics.find(({ metric }) =>
    metric === confidence?.metric
  );
  const users = pace.variants.reduce((sum, { users }) => sum + users, 0);
  return (
    <dl class="decision-facts">
      {confidence !== null && (
        <>
          <Fact
            term="Chance to beat control"
            value={formatChance(confidence.chance_to_beat_control)}
          />
          <Fact
            term={options.interval === "fixed"
              ? "p-value, one look"
              : "p-value, any time"}
            value={formatP(confidence.p_value)}
          />
          {metric !== undefined && confidence.expected_loss !== null && (
            <Fact
              term="Expected loss"
              value={formatMetric(confidence.expected_loss, metric.display)}
            />
          )}
        </>
      )}
      <Fact term="Users" value={formatCount(users)} />
      <Fact
        term="New users a day"
        value={pace.users_per_day === null
          ? "–"
          : formatCount(pace.users_per_day)}
      />
      {days_left !== null && days_left > 0 && (
        <Fact
          term="Days left"
          value={`about ${formatCount(Math.ceil(days_left))}`}
        />
      )}
    </dl>
  );
}

function Fact({ term, value }: { term: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
