import type { ComponentType } from "preact";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import type { VariantTableProps } from "../variant_table.tsx";
import { DecisionPart } from "./decision_part.tsx";
import { LIVE_PARTS, takeOver } from "./live_parts.ts";
import type { ParetoSectionProps } from "./pareto_section.tsx";
import { ResultsFiles } from "./results_files.tsx";
import { ResultsTable } from "./results_table.tsx";
import { scaleOf } from "./results_view.ts";

/** What {@linkcode showResults} shows. */
export interface ShownResults {
  evaluation: FlagEvaluation;
  /** The query of the page's address. */
  query: URLSearchParams;
  /** What is wrong with it. */
  fault: string | null;
  /** Null until it is loaded. */
  Table: ComponentType<VariantTableProps> | null;
  /** Null until it is loaded. */
  Pareto: ComponentType<ParetoSectionProps> | null;
}

/** Puts figures into the page in place of those that it shows. */
export function showResults(
  { evaluation, query, fault, Table, Pareto }: ShownResults,
): void {
  const { analysis, variants, flag_name: flagName } = evaluation;
  const asked = { flagName, query, fault };
  takeOver(
    LIVE_PARTS.decision,
    <DecisionPart {...asked} analysis={analysis} />,
  );
  takeOver(LIVE_PARTS.files, <ResultsFiles {...asked} />);
  if (Table !== null) {
    takeOver(LIVE_PARTS.figures, <Table variants={variants} />);
  }
  if (analysis === undefined) return;
  const scale = scaleOf(query.get("scale"));
  takeOver(
    LIVE_PARTS.table,
    <ResultsTable analysis={analysis} scale={scale} />,
  );
  if (Pareto !== null) {
    takeOver(
      LIVE_PARTS.pareto,
      <Pareto analysis={analysis} flagName={flagName} />,
    );
  }
}
