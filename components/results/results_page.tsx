import type { JSX } from "preact";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { Star } from "../lead_mark.tsx";
import { VariantTable } from "../variant_table.tsx";
import { DecisionPart } from "./decision_part.tsx";
import { LIVE_PARTS } from "./live_parts.ts";
import { MetricGlossary } from "./metric_glossary.tsx";
import { ParetoSection } from "./pareto_section.tsx";
import { ResultsControls } from "./results_controls.tsx";
import { ResultsFiles } from "./results_files.tsx";
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
}

/**
 * What to do, why, and every figure behind it, as the server renders it. An
 * island keeps its parts fresh.
 */
export function ResultsPage(
  { evaluation, scale, query, fault }: ResultsPageProps,
): JSX.Element {
  const { analysis, flag_name: flagName } = evaluation;
  return (
    <>
      <div class="live-part" id={LIVE_PARTS.decision}>
        <DecisionPart analysis={analysis} flagName={flagName} fault={fault} />
      </div>
      {analysis !== undefined && (
        <>
          <section aria-labelledby="metrics">
            <div class="section-head">
              <h2 id="metrics">Metrics</h2>
              <ResultsControls
                analysis={analysis}
                scale={scale}
                query={fault === null ? query : new URLSearchParams()}
              />
            </div>
            <div id={LIVE_PARTS.table}>
              <ResultsTable analysis={analysis} scale={scale} />
            </div>
            <MetricGlossary analysis={analysis} />
          </section>
          <div id={LIVE_PARTS.pareto}>
            <ParetoSection analysis={analysis} flagName={flagName} />
          </div>
        </>
      )}
      <details class="flag-figures" open={analysis === undefined}>
        <summary>
          <h2>All figures by variant</h2>
        </summary>
        <p class="note">
          <Star />
          The variant that is ahead so far. Whether a difference could be chance
          is judged above.
        </p>
        <div id={LIVE_PARTS.figures}>
          <VariantTable variants={evaluation.variants} />
        </div>
      </details>
      <div class="live-part" id={LIVE_PARTS.files}>
        <ResultsFiles flagName={flagName} query={query} fault={fault} />
      </div>
    </>
  );
}
