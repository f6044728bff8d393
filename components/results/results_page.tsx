import type { ComponentChildren, JSX } from "preact";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { FlagFigures } from "../flag_figures.tsx";
import { flagApiPath } from "../flag_url.ts";
import { TakeAway } from "../take_away.tsx";
import { DecisionCard } from "./decision_card.tsx";
import { ParetoSection } from "./pareto_section.tsx";
import { ResultsControls } from "./results_controls.tsx";
import { apiQuery, withParameter } from "./results_query.ts";
import { ResultsTable } from "./results_table.tsx";
import type { DifferenceScale } from "./results_view.ts";

/** Props of {@linkcode ResultsPage}. */
export interface ResultsPageProps {
  evaluation: FlagEvaluation;
  scale: DifferenceScale;
  /** The query of the page's address. */
  query: URLSearchParams;
  /** What is wrong with it: the analysis is then the default one. */
  fault: string | null;
  /** Told of another choice; left out where no script runs. */
  onChange?: ((query: URLSearchParams) => void) | undefined;
  /** Every figure of every variant, as the server rendered them. */
  children: ComponentChildren;
}

/** What to do, why, and every figure behind it. */
export function ResultsPage(
  { evaluation, scale, query, fault, onChange, children }: ResultsPageProps,
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
            <div class="section-head">
              <h2 id="metrics">Metrics</h2>
              <ResultsControls
                analysis={analysis}
                scale={scale}
                chosen={fault === null ? query : new URLSearchParams()}
                onChange={onChange}
              />
            </div>
            <ResultsTable analysis={analysis} scale={scale} />
          </section>
          <ParetoSection analysis={analysis} flagName={flag_name} />
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
