import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { FlagReader } from "../storage/flag_reader.ts";
import { flagNamesFromPath } from "./flag_path.ts";

/** The flag that a page of the dashboard is about. */
export interface PageFlag {
  /** Its name; where there is no such flag, the one that was asked for. */
  readonly name: string;
  /** Null when no flag of that name has an assignment. */
  readonly evaluation: FlagEvaluation | null;
}

/**
 * Finds the flag that stands in a page's path after its first segment, as in
 * `/records/reply-model`.
 */
export async function flagOfPage(
  reader: FlagReader,
  request: Request,
): Promise<PageFlag> {
  const { pathname } = new URL(request.url);
  // Routers make one slash of many.
  const [, rest = ""] = /^\/+[^/]+\/(.*)$/.exec(pathname) ?? [];
  const names = flagNamesFromPath(rest);
  for (const name of names) {
    const evaluation = await reader.evaluateFlag(name);
    if (evaluation !== null) return { name, evaluation };
  }
  return { name: names[0] ?? "", evaluation: null };
}
