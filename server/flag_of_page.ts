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
 * The names that the flag of a page can have, from its path after the first
 * segment, as in `/records/reply-model`: the first that exists is meant.
 */
export function pageFlagNames(request: Request): string[] {
  const { pathname } = new URL(request.url);
  // Routers make one slash of many.
  const [, rest = ""] = /^\/+[^/]+\/+(.*)$/.exec(pathname) ?? [];
  return flagNamesFromPath(rest);
}

/** Finds the flag that a page is about. */
export async function flagOfPage(
  reader: FlagReader,
  request: Request,
): Promise<PageFlag> {
  const names = pageFlagNames(request);
  for (const name of names) {
    const evaluation = await reader.evaluateFlag(name);
    if (evaluation !== null) return { name, evaluation };
  }
  return { name: names[0] ?? "", evaluation: null };
}
