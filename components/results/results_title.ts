import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { decisionTitle } from "./decision_title.ts";

/** A flag's name and what to do, for the title of its page. */
export function resultsTitle(
  { flag_name, analysis }: Pick<FlagEvaluation, "flag_name" | "analysis">,
): string {
  return analysis === undefined
    ? flag_name
    : `${decisionTitle(analysis.decision)}: ${flag_name}`;
}
