import { analyze, ENGINE_VERSION } from "../analyze.ts";
import { resolveOptions } from "../resolve_options.ts";
import { countsDisagree } from "./counts_disagree.ts";
import { JsonReader, VerdictFileError } from "./json_reader.ts";
import { readOptions } from "./read_options.ts";
import { readStatistics } from "./read_statistics.ts";
import { sha256Of, VERDICT_FORMAT } from "./verdict_file.ts";

/** A figure that is not what the file's own statistics give. */
export interface Disagreement {
  /** Where it stands, say "analysis.decision.action". */
  readonly path: string;
  /** What the file says, as JSON. */
  readonly file: string;
  /** What it must be, as JSON. */
  readonly recomputed: string;
}

/** What came of a check. */
export interface VerdictCheck {
  readonly flagName: string;
  /** Figures that were compared. */
  readonly figures: number;
  readonly disagreements: readonly Disagreement[];
  /** Of the engine that made the file, and of this one. */
  readonly engineVersions: readonly [file: string, here: string];
  /** The decision's sentence, recomputed. */
  readonly reason: string;
}

/**
 * Computes the analysis of a verdict file again, from the statistics and
 * options in it, and compares every figure.
 *
 * @param json What JSON.parse gave.
 * @throws {VerdictFileError} When it is no verdict file.
 */
export async function checkVerdict(json: unknown): Promise<VerdictCheck> {
  const root = new JsonReader(json, "the file");
  const format = root.at("format").string();
  if (format !== VERDICT_FORMAT) {
    throw new VerdictFileError(
      `The file's format must be ${VERDICT_FORMAT}, got ${format}`,
    );
  }
  const { sha256, ...rest } = root.object();
  const { analysis: given, options: rawOptions, statistics: counted } = rest;
  const statistics = readStatistics(counted);
  const asked = readOptions(rawOptions);
  const options = resolveOptions(statistics, asked);
  if ("option" in options) {
    throw new VerdictFileError(
      `options.${options.option} must be ${options.required}, got ${options.got}`,
    );
  }
  const analysis = analyze(statistics, options);
  const compared = compareFigures("analysis", given, analysis);
  return {
    flagName: statistics.flag,
    figures: compared.figures,
    disagreements: [
      ...compared.disagreements,
      ...countsDisagree(statistics),
      ...disagreement(
        "flag_name",
        root.at("flag_name").string(),
        statistics.flag,
      ),
      ...disagreement("sha256", sha256, await sha256Of(rest)),
    ],
    engineVersions: [root.at("engine_version").string(), ENGINE_VERSION],
    reason: analysis.decision.reason,
  };
}

/** Of two engines' mathematics the last digits may differ. */
const TOLERANCE = 1e-9;

function compareFigures(
  path: string,
  file: unknown,
  recomputed: unknown,
): Pick<VerdictCheck, "figures" | "disagreements"> {
  if (isNested(file) && isNested(recomputed)) {
    const keys = new Set([...Object.keys(file), ...Object.keys(recomputed)]);
    const parts = [...keys].map((key) =>
      compareFigures(`${path}.${key}`, ownOf(file, key), ownOf(recomputed, key))
    );
    return {
      figures: parts.reduce((sum, { figures }) => sum + figures, 0),
      disagreements: parts.flatMap(({ disagreements }) => disagreements),
    };
  }
  return { figures: 1, disagreements: disagreement(path, file, recomputed) };
}

function disagreement(
  path: string,
  file: unknown,
  recomputed: unknown,
): Disagreement[] {
  if (file === recomputed) return [];
  if (
    typeof file === "number" && typeof recomputed === "number" &&
    Math.abs(file - recomputed) <=
      TOLERANCE * Math.max(Math.abs(file), Math.abs(recomputed))
  ) return [];
  const text = (value: unknown): string => JSON.stringify(value) ?? "nothing";
  return [{ path, file: text(file), recomputed: text(recomputed) }];
}

type Nested = { readonly [key: string]: unknown };

function isNested(value: unknown): value is Nested {
  return typeof value === "object" && value !== null;
}

function ownOf(value: Nested, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
