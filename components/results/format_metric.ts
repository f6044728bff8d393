import type {
  DisplayScale,
  Interval,
  MetricUnit,
} from "../../engine/analysis/metric_analysis.ts";
import { UNKNOWN } from "../format.ts";

const MINUS = "−";
/** Stands where an interval is open. */
const OPEN = "∞";

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

/** A relative difference, with its sign: `+8.1%`, `−0.42%`. */
export function formatRelative(value: number): string {
  const percent = value * 100;
  const size = Math.abs(percent);
  const digits = size >= 99.95 || size === 0 ? 0 : size >= 0.995 ? 1 : 2;
  return `${signOf(percent)}${digitsOf(size, digits)}%`;
}

/** An interval between brackets: `[+2.0%, +14.5%]`. */
export function formatInterval(
  { lower, upper }: Interval,
  format: (value: number) => string,
): string {
  const from = lower === null ? `${MINUS}${OPEN}` : format(lower);
  const to = upper === null ? `+${OPEN}` : format(upper);
  return `[${from}, ${to}]`;
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

function signOf(value: number): string {
  return value > 0 ? "+" : value < 0 ? MINUS : "±";
}

/** No cell has room for more: `3,606,690` is as long as a figure gets. */
const MOST_CHARACTERS = 10;
const SHORT = new Intl.NumberFormat("en-US", {
  notation: "compact",
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});

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

/** More decimals than these are given to nothing, however small it is. */
const MORE_DIGITS = 3;

/** At least `digits` decimals, and more where nothing would be left. */
function digitsOf(size: number, digits: number): string {
  let decimals = digits;
  const isNothing = (): boolean => Number(size.toFixed(decimals)) === 0;
  while (decimals < digits + MORE_DIGITS && size !== 0 && isNothing()) {
    decimals++;
  }
  if (size !== 0 && isNothing()) {
    return `<${(10 ** -decimals).toFixed(decimals)}`;
  }
  return formatWith(decimals).format(size);
}

const formats = new Map<number, Intl.NumberFormat>();

/** To make a format takes far longer than to use it, and a page uses hundreds. */
function formatWith(decimals: number): Intl.NumberFormat {
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  return format;
}
