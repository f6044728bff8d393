import type { AnalysisOptions, Margin } from "../analysis_options.ts";
import type { CheckName } from "../health_report.ts";
import { JsonReader } from "./json_reader.ts";

/**
 * Reads the options of a verdict file.
 *
 * @throws {VerdictFileError} At the first that is not as it must be.
 */
export function readOptions(json: unknown): AnalysisOptions {
  const root = new JsonReader(json, "options");
  const prior = root.at("prior");
  const weights = root.at("weights");
  return {
    control: root.at("control").string(),
    alpha: within(root.at("alpha"), 0, 0.5),
    interval: oneOf(root.at("interval"), ["always_valid", "fixed"]),
    metric: root.at("metric").string(),
    cost_metric: root.at("cost_metric").string(),
    min_effect: within(root.at("min_effect"), 0, Infinity),
    margin: marginOf(root.at("margin")),
    prior: prior.isNull() ? null : { sd: within(prior.at("sd"), 0, Infinity) },
    guardrails: root.at("guardrails").list().map((guardrail) => ({
      metric: guardrail.at("metric").string(),
      margin: marginOf(guardrail.at("margin")),
    })),
    lower_is_better: root.at("lower_is_better").list().map((id) => id.string()),
    weights: weights.isNull() ? null : Object.fromEntries(
      Object.keys(weights.object()).map((variant) => [
        variant,
        weights.at(variant).number(),
      ]),
    ),
    accepted_checks: root.at("accepted_checks").list().map((check) =>
      oneOf(check, CHECKS)
    ),
  };
}

const CHECKS: readonly CheckName[] = [
  "sample_ratio",
  "users_in_several_variants",
  "config_changed",
  "setup_changed",
  "unmarked",
  "unknown_usage",
];

function marginOf(reader: JsonReader): Margin {
  const value = reader.at("value");
  return {
    kind: oneOf(reader.at("kind"), ["relative", "absolute"]),
    value: value.number() >= 0 ? value.number() : value.fail("from 0"),
  };
}

function within(reader: JsonReader, above: number, below: number): number {
  const value = reader.number();
  return value > above && value < below
    ? value
    : reader.fail(`a number above ${above} and below ${below}`);
}

function oneOf<T extends string>(
  reader: JsonReader,
  names: readonly T[],
): T {
  const text = reader.string();
  return names.find((name) => name === text) ??
    reader.fail(names.join(" or "));
}
