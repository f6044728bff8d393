import type { Guardrail, Margin } from "../engine/analysis/analysis_options.ts";
import type {
  AnalysisRequest,
  RequestFault,
} from "../engine/analysis/resolve_options.ts";
import type { JsonSchema } from "./validation/field.ts";
import { described } from "./validation/field.ts";

/** A parameter's value, or what is required in place of what arrived. */
type Read<T> = { readonly value: T } | { readonly required: string };

interface Parameter {
  readonly option: keyof AnalysisRequest;
  readonly description: string;
  readonly schema: JsonSchema;
  /** Of a parameter that may come several times, all values together. */
  readonly read: (texts: readonly string[]) => Read<unknown>;
}

const CHECK_NAMES = [
  "sample_ratio",
  "users_in_several_variants",
  "config_changed",
  "setup_changed",
] as const;

const MARGIN_RULE =
  "a number from 0 to below 1, relative to the control, or a number from 0 with abs behind it, in the metric's unit, say 0.02 or 0.01abs";

/** The query parameters of an analysis, by name. */
export const ANALYSIS_PARAMETERS: { readonly [name: string]: Parameter } = {
  control: {
    option: "control",
    description: "The variant to compare with. The flag's first by default.",
    schema: { type: "string" },
    read: one((text) => ({ value: text })),
  },
  alpha: {
    option: "alpha",
    description: "1 − confidence, from 0.0001 to 0.4.",
    schema: { type: "number", minimum: 0.0001, maximum: 0.4, default: 0.05 },
    read: one(numberFrom(0.0001, 0.4)),
  },
  interval: {
    option: "interval",
    description:
      "The interval that decides: always_valid holds at every look, fixed at a single planned one.",
    schema: { enum: ["always_valid", "fixed"], default: "always_valid" },
    read: one(anyOf(["always_valid", "fixed"])),
  },
  metric: {
    option: "metric",
    description: "The id of the primary metric, which the decision is about.",
    schema: { type: "string", default: "success_rate" },
    read: one((text) => ({ value: text })),
  },
  cost_metric: {
    option: "cost_metric",
    description: "The id of the metric that says what is cheaper.",
    schema: { type: "string", default: "cost_per_call" },
    read: one((text) => ({ value: text })),
  },
  min_effect: {
    option: "min_effect",
    description:
      "The smallest relative difference worth finding, from 0.0001 to 10.",
    schema: { type: "number", minimum: 0.0001, maximum: 10, default: 0.05 },
    read: one(numberFrom(0.0001, 10)),
  },
  margin: {
    option: "margin",
    description:
      `How much worse on the primary metric is still as good: ${MARGIN_RULE}.`,
    schema: { type: "string", default: "0.02" },
    read: one((text) => {
      const margin = marginOf(text);
      return margin === null ? { required: MARGIN_RULE } : { value: margin };
    }),
  },
  prior: {
    option: "prior",
    description:
      "Standard deviation of the lifts that are expected before any data, from 0.001 to 100; or flat.",
    schema: { type: "string", default: "0.3" },
    read: one((text) => {
      if (text === "flat") return { value: null };
      const sd = numberFrom(0.001, 100)(text);
      return "value" in sd
        ? { value: { sd: sd.value } }
        : { required: `${sd.required}, or flat` };
    }),
  },
  guardrail: {
    option: "guardrails",
    description:
      "A metric's id, a colon and its margin, say cost_per_call:0.2; may come several times. none for no guardrail. error_rate:0.01abs by default.",
    schema: { type: "array", items: { type: "string" } },
    read: guardrailsOf,
  },
  lower_is_better: {
    option: "lower_is_better",
    description:
      "The id of a metric of which less is better; may come several times.",
    schema: { type: "array", items: { type: "string" } },
    read: (texts) => ({ value: texts }),
  },
  weights: {
    option: "weights",
    description:
      "A variant's name, a colon and its intended weight, one for each variant: the split to test users against, in place of the flag's own settings.",
    schema: { type: "array", items: { type: "string" } },
    read: weightsOf,
  },
  accept: {
    option: "accepted_checks",
    description:
      "A failed check that the decision is to pass over; may come several times.",
    schema: { type: "array", items: { enum: CHECK_NAMES } },
    read: (texts) => {
      const read = anyOf(CHECK_NAMES);
      const unknown = texts.map(read).find((each) => !("value" in each));
      return unknown ?? { value: texts };
    },
  },
};

/**
 * Reads what an analysis is asked for, or says what is wrong with it. Other
 * parameters are passed over: the options in the answer say what was used.
 */
export function analysisRequestOf(
  params: URLSearchParams,
): AnalysisRequest | string {
  const request: { [option: string]: unknown } = {};
  for (const [name, parameter] of Object.entries(ANALYSIS_PARAMETERS)) {
    const texts = params.getAll(name).filter((text) => text !== "");
    if (texts.length === 0) continue;
    const read = parameter.read(texts);
    if (!("value" in read)) {
      return `${name} must be ${read.required}, got ${
        texts.map(described).join(" and ")
      }`;
    }
    request[parameter.option] = read.value;
  }
  return request;
}

/** What a fault in the options is to the one who sent parameters. */
export function faultText({ option, required, got }: RequestFault): string {
  const name = Object.entries(ANALYSIS_PARAMETERS)
    .find(([, parameter]) => parameter.option === option)?.[0] ?? option;
  return `${name} must be ${required}, got ${described(got)}`;
}

function one<T>(read: (text: string) => Read<T>): Parameter["read"] {
  return ([text = "", ...more]) =>
    more.length > 0 ? { required: "given once" } : read(text);
}

function anyOf(names: readonly string[]): (text: string) => Read<string> {
  return (text) =>
    names.includes(text) ? { value: text } : { required: names.join(" or ") };
}

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function numberFrom(
  least: number,
  most: number,
): (text: string) => Read<number> {
  return (text) => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? { value }
      : { required: `a number from ${least} to ${most}` };
  };
}

function marginOf(text: string): Margin | null {
  const absolute = text.endsWith("abs");
  const digits = absolute ? text.slice(0, -"abs".length) : text;
  if (!NUMBER.test(digits)) return null;
  const value = Number(digits);
  const fits = absolute ? value <= 1e12 : value < 1;
  return fits ? { kind: absolute ? "absolute" : "relative", value } : null;
}

/** What stands before and after the last colon: ids and names can have more. */
function pairOf(text: string): readonly [string, string] {
  const colon = text.lastIndexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

function guardrailsOf(texts: readonly string[]): Read<Guardrail[]> {
  if (texts.length === 1 && texts[0] === "none") return { value: [] };
  const guardrails = new Map<string, Guardrail>();
  for (const text of texts) {
    const [metric, rest] = pairOf(text);
    const margin = marginOf(rest);
    if (margin === null || guardrails.has(metric)) {
      return {
        required:
          `none, or for each metric once its id, a colon and ${MARGIN_RULE}`,
      };
    }
    guardrails.set(metric, { metric, margin });
  }
  return { value: [...guardrails.values()] };
}

function weightsOf(
  texts: readonly string[],
): Read<{ readonly [variant: string]: number }> {
  const weights = new Map<string, number>();
  for (const text of texts) {
    const [variant, rest] = pairOf(text);
    const weight = numberFrom(0, Number.MAX_SAFE_INTEGER)(rest);
    if (!("value" in weight) || weights.has(variant)) {
      return {
        required:
          "for each variant once its name, a colon and a weight from 0, say control:50",
      };
    }
    weights.set(variant, weight.value);
  }
  return { value: Object.fromEntries(weights) };
}
