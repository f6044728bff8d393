import { analyze, ENGINE_VERSION } from "../analyze.ts";
import type { FlagAnalysis } from "../analysis.ts";
import type { AnalysisOptions } from "../analysis_options.ts";
import type { FlagStatistics } from "../../statistics/flag_statistics.ts";
import { formatTimestamp } from "../../timestamp.ts";
import { canonicalJson } from "../../canonical_json.ts";
import { type StatisticsJson, statisticsToJson } from "./statistics_json.ts";

/** What a verdict file calls itself. */
export const VERDICT_FORMAT = "modelab-verdict/1";

/**
 * A verdict with all that it rests on: `GET /api/v1/flags/{name}/verdict`.
 * Whoever has the file can compute the analysis again, without the server.
 */
export interface VerdictFile {
  readonly format: typeof VERDICT_FORMAT;
  /** Of the rules and formulas that made the analysis. */
  readonly engine_version: string;
  /** ISO 8601 in UTC: when the server answered. */
  readonly created_at: string;
  readonly flag_name: string;
  /** What the analysis depends on beside the data. */
  readonly options: AnalysisOptions;
  /** The sufficient statistics: exact integers, as decimal strings. */
  readonly statistics: StatisticsJson;
  readonly analysis: FlagAnalysis;
  /**
   * SHA-256 over all the rest, in hexadecimal digits, so that no change goes
   * unseen; see {@linkcode canonicalJson}. It is no signature: whoever changes
   * the file can compute it again. Keep it elsewhere to prove what you had.
   */
  readonly sha256: string;
}

/**
 * Makes a verdict file.
 *
 * @param now Epoch milliseconds.
 */
export async function verdictFile(
  statistics: FlagStatistics,
  options: AnalysisOptions,
  now: number,
): Promise<VerdictFile> {
  const file = {
    format: VERDICT_FORMAT,
    engine_version: ENGINE_VERSION,
    created_at: formatTimestamp(now * 1000),
    flag_name: statistics.flag,
    options,
    statistics: statisticsToJson(statistics),
    analysis: analyze(statistics, options),
  } as const;
  return { ...file, sha256: await sha256Of(file) };
}

/** The digest of a value: SHA-256 over its canonical JSON as UTF-8. */
export async function sha256Of(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
