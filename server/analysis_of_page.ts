import type { Context } from "fresh";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { State } from "./define.ts";
import { readEvaluation } from "./flag_analysis.ts";
import { pageFlagNames } from "./flag_of_page.ts";

/** What a page shows of a flag's analysis. */
export interface PageAnalysis {
  /** The flag's name, or the one that was asked for. */
  readonly name: string;
  /** Null when there is no such flag. */
  readonly evaluation: FlagEvaluation | null;
  /** What is wrong with the address: the analysis is then the default one. */
  readonly fault: string | null;
}

/** What a page's address holds beside the parameters of its analysis. */
const PAGE_PARAMETERS = ["scale", "format"];

/** Reads the flag and the analysis that a page's address asks for. */
export async function analysisOfPage(
  { state: { reader, versions }, req }: Pick<Context<State>, "state" | "req">,
): Promise<PageAnalysis> {
  const names = pageFlagNames(req);
  const { searchParams } = new URL(req.url);
  for (const name of PAGE_PARAMETERS) searchParams.delete(name);
  for (const name of names) {
    const version = versions?.get(name);
    const read = await readEvaluation(reader, name, searchParams, version);
    if (read === null) continue;
    if ("evaluation" in read) {
      return { name, evaluation: read.evaluation, fault: null };
    }
    const plain = await readEvaluation(reader, name, new URLSearchParams());
    return {
      name,
      evaluation: plain !== null && "evaluation" in plain
        ? plain.evaluation
        : null,
      fault: read.fault,
    };
  }
  return { name: names[0] ?? "", evaluation: null, fault: null };
}
