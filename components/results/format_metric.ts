import type {
  DisplayScale,
  MetricUnit,
} from "../../engine/analysis/metric_analysis.ts";
import { trimmed, UNKNOWN } from "../format.ts";
import { digitsOf, MINUS, SHORT, signOf } from "./format_relative.ts";

/** Where a metric has no scale of its own. */
export const PLAIN: DisplayScale = {
  factor: 1,
  digits: 2,
  prefix: "",
  suffix: "",
  unit: "",
};
/** Of one success there is too little to read. */
export const PER_THOUSAND: DisplayScale = {
  ...PLAIN,
  factor: 1000,
  prefix: "$",
  unit: "US dollars per 1,000 successes",
};

/** A figure on its metric's scale: `42.0%`, `$0.41`, `1,310 ms`. */
export function formatMetric(
  value: number | null,
  display: DisplayScale = PLAIN,
): string {
  if (value === null) return UNKNOWN;
  const scaled = value * display.factor;
  return `${scaled < 0 ? MINUS : ""}${
    sized(Math.abs(scaled), display)
  }${display.suffix}`;
}

/** A difference of two figures, with its sign: `+1.3 pp`, `−$0.02`. */
export function formatAbsolute(
  value: number,
  display: DisplayScale,
  unit: MetricUnit,
): string {
  const scaled = value * display.factor;
  // A difference of two percentages is no percentage.
  const suffix = unit === "share" && display.suffix === "%"
    ? " pp"
    : display.suffix;
  return `${signOf(scaled)}${sized(Math.abs(scaled), display)}${suffix}`;
}

/** A round figure at an axis: `20%`, `0.5 ms`; money keeps its cents. */
export function formatTick(value: number, display: DisplayScale): string {
  const text = formatMetric(value, display);
  return display.prefix === "" ? trimmed(text) : text;
}

/** A probability as a percentage that never claims to be certain. */
export function formatChance(chance: number | null): string {
  if (chance === null) return UNKNOWN;
  if (chance > 0.9995) return ">99.9%";
  if (chance < 0.0005) return "<0.1%";
  return `${(chance * 100).toFixed(1)}%`;
}

/** A p-value: `0.032`, and `<0.001` below that. */
export function formatP(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}

/** No cell has room for more: `3,606,690` is as long as a figure gets. */
const MOST_CHARACTERS = 10;

/** A size behind its unit: `$0.41`, `<$0.00001`, `$2.76M`. */
function sized(size: number, { prefix, digits }: DisplayScale): string {
  const text = digitsOf(size, digits);
  if (size >= 1e6 && text.length > MOST_CHARACTERS) {
    return `${prefix}${SHORT.format(size)}`;
  }
  return text.startsWith("<")
    ? `<${prefix}${text.slice(1)}`
    : `${prefix}${text}`;
}
