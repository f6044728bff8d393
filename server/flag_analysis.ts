import { analyze } from "../engine/analysis/analyze.ts";
import type { FlagAnalysis } from "../engine/analysis/analysis.ts";
import type { AnalysisOptions } from "../engine/analysis/analysis_options.ts";
import { resolveOptions } from "../engine/analysis/resolve_options.ts";
import { verdictFile } from "../engine/analysis/verdict/verdict_file.ts";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { FlagStatistics } from "../engine/statistics/flag_statistics.ts";
import type { FlagReader } from "../storage/flag_reader.ts";
import { analysisRequestOf, faultText } from "./analysis_query.ts";
import { problem } from "./problem.ts";
import type { Service } from "./service.ts";

const NOT_CACHED = { headers: { "cache-control": "no-store" } };

/** What came of reading a flag: its evaluation, or what is wrong with the query. */
export type ReadEvaluation =
  | { readonly evaluation: FlagEvaluation }
  | { readonly fault: string };

/**
 * Reads a flag's evaluation with its analysis.
 *
 * @param params The query parameters of an analysis.
 * @param version One that has just been read, if any.
 * @returns Null when there is no such flag.
 */
export async function readEvaluation(
  reader: FlagReader,
  name: string,
  params: URLSearchParams,
  version?: string,
): Promise<ReadEvaluation | null> {
  const [evaluation, statistics] = await Promise.all([
    reader.evaluateFlag(name, version),
    reader.readStatistics(name, version),
  ]);
  if (evaluation === null) return null;
  // The two reads are not one: the flag's first record may lie between them.
  if (statistics === null) return { evaluation };
  const options = optionsOf(statistics, params);
  return typeof options === "string" ? { fault: options } : {
    evaluation: { ...evaluation, analysis: analysisOf(statistics, options) },
  };
}

/** What was asked of statistics last, and what came of it. */
const asked: WeakMap<
  FlagStatistics,
  { readonly options: string; readonly analysis: FlagAnalysis }
> = new WeakMap();

/** A page and the island on it ask for the same analysis one after the other. */
function analysisOf(
  statistics: FlagStatistics,
  options: AnalysisOptions,
): FlagAnalysis {
  const text = JSON.stringify(options);
  const last = asked.get(statistics);
  if (last?.options === text) return last.analysis;
  const analysis = analyze(statistics, options);
  asked.set(statistics, { options: text, analysis });
  return analysis;
}

/** Answers with a flag's evaluation and analysis; null when there is no flag. */
export async function evaluationOf(
  { reader, answers }: Service,
  name: string,
  params: URLSearchParams,
): Promise<Response | null> {
  const question = JSON.stringify(["evaluation", name, String(params)]);
  const version = await reader.readVersion(name);
  return await answers.answer(
    version,
    question,
    () => readAnswer(reader, name, params, version),
  );
}

async function readAnswer(
  reader: FlagReader,
  name: string,
  params: URLSearchParams,
  version: string,
): Promise<Response | null> {
  const read = await readEvaluation(reader, name, params, version);
  if (read === null) return null;
  return "fault" in read
    ? problem(400, read.fault)
    : Response.json(read.evaluation, NOT_CACHED);
}

/** Answers with a flag's verdict file; null when there is no flag. */
export async function verdictOf(
  { reader, now }: Service,
  name: string,
  params: URLSearchParams,
): Promise<Response | null> {
  const statistics = await reader.readStatistics(name);
  if (statistics === null) return null;
  const options = optionsOf(statistics, params);
  return typeof options === "string"
    ? problem(400, options)
    : Response.json(await verdictFile(statistics, options, now()), NOT_CACHED);
}

/** The options that the parameters ask for, or what is wrong with them. */
export function optionsOf(
  statistics: FlagStatistics,
  params: URLSearchParams,
): AnalysisOptions | string {
  const request = analysisRequestOf(params);
  if (typeof request === "string") return request;
  const options = resolveOptions(statistics, request);
  return "option" in options ? faultText(options) : options;
}
