import type { ComponentChildren, JSX } from "preact";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { FlagFigures } from "../flag_figures.tsx";
import { flagApiPath } from "../flag_url.ts";
import { TakeAway } from "../take_away.tsx";
import { DecisionCard } from "./decision_card.tsx";
import { ParetoWhenNear } from "./pareto_when_near.tsx";
import { apiQuery, formQuery, withParameter } from "./results_query.ts";
import { ResultsTable } from "./results_table.tsx";
import type { DifferenceScale } from "./results_view.ts";

const NO_QUERY = new URLSearchParams();

/** Props of {@linkcode ResultsPage}. */
export interface ResultsPageProps {
  evaluation: FlagEvaluation;
  scale: DifferenceScale;
  /** The query of the page's address. */
  query: URLSearchParams;
  /** What is wrong with it: the analysis is then the default one. */
  fault: string | null;
  /** Told of another choice. */
  onChange: (query: URLSearchParams) => void;
  /** The form that makes it, as the server rendered it. */
  controls: ComponentChildren;
  /** Cost against success, as the server rendered it. */
  pareto: ComponentChildren;
  /** Every figure of every variant, as the server rendered them. */
  children: ComponentChildren;
}

/** What to do, why, and every figure behind it. */
export function ResultsPage(
  { evaluation, scale, query, fault, onChange, controls, pareto, children }:
    ResultsPageProps,
): JSX.Element {
  const { analysis, flag_name } = evaluation;
  const api = flagApiPath(flag_name);
  const asked = fault === null ? apiQuery(query) : "";
  return (
    <>
      {fault !== null && (
        <p class="card error" role="alert">
          This address asks for what cannot be:{" "}
          {fault}. The results below are the default ones.
        </p>
      )}
      {analysis !== undefined && (
        <>
          <DecisionCard analysis={analysis} flagName={flag_name} />
          <section aria-labelledby="metrics">
            <div
              class="section-head"
              onChange={({ target }) => {
                const form = target instanceof Element &&
                  target.closest("form");
                if (!form) return;
                onChange(formQuery(form, fault === null ? query : NO_QUERY));
              }}
            >
              <h2 id="metrics">Metrics</h2>
              {controls}
            </div>
            <ResultsTable analysis={analysis} scale={scale} />
          </section>
          <ParetoWhenNear analysis={analysis} flagName={flag_name}>
            {pareto}
          </ParetoWhenNear>
        </>
      )}
      <FlagFigures
        evaluation={evaluation}
        open={analysis === undefined}
      >
        {children}
      </FlagFigures>
      <TakeAway
        links={[
          ["Results as CSV", withParameter(query, "format", "csv")],
          ["Results as JSON", api + asked],
          ["Verdict file, to recompute it all", `${api}/verdict${asked}`],
        ]}
      />
    </>
  );
}
