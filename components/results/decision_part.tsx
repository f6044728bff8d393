import type { JSX } from "preact";
import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { DecisionCard } from "./decision_card.tsx";

/** Props of {@linkcode DecisionPart}. */
export interface DecisionPartProps {
  analysis: FlagAnalysis | undefined;
  flagName: string;
  /** What is wrong with the address: the analysis is then the default one. */
  fault: string | null;
}

/** What to do, and before it what is wrong with the question. */
export function DecisionPart(
  { analysis, flagName, fault }: DecisionPartProps,
): JSX.Element {
  return (
    <>
      {fault !== null && (
        <p class="card error" role="alert">
          This address asks for what cannot be:{" "}
          {fault}. The results below are the default ones.
        </p>
      )}
      {analysis && <DecisionCard analysis={analysis} flagName={flagName} />}
    </>
  );
}
