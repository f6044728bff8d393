import type { DisplayScale, MetricAnalysis } from "./metric_analysis.ts";
import { nameText } from "./name_text.ts";

/** A figure as the metric shows it: "58.1%", "$0.84", "912 ms". */
export function figureText(
  figure: number,
  { factor, digits, prefix, suffix }: DisplayScale,
): string {
  const shown = figure * factor;
  const sign = shown < 0 ? "−" : "";
  return `${sign}${prefix}${fixedText(Math.abs(shown), digits)}${suffix}`;
}

/** The same with a sign in front, as a difference needs it. */
export function signedText(figure: number, display: DisplayScale): string {
  const text = figureText(figure, display);
  return figure > 0 ? `+${text}` : text;
}

/** 0.131 as "13.1%". */
export function percentText(share: number): string {
  return `${fixedText(share * 100, 1)}%`;
}

/** 0.131 as "+13.1%", and 3.9 as "+390%". */
export function signedPercent(share: number): string {
  const size = Math.abs(share);
  const text = size < 1 ? percentText(size) : `${Math.round(size * 100)}%`;
  return share > 0 ? `+${text}` : share < 0 ? `−${text}` : text;
}

/** How a metric's figures stand in a sentence: money in dollars, unscaled. */
export function inSentence(
  { unit, display }: Pick<MetricAnalysis, "unit" | "display">,
): DisplayScale {
  return unit === "usd" ? { ...display, factor: 1 } : display;
}

/** A p-value: "p = 0.043" with two digits, "p < 0.0001" for the smallest. */
export function pText(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1234 as "1,234". */
export function countText(count: number): string {
  return COUNT.format(count);
}

/** With enough decimals that a small number does not read as nothing. */
function fixedText(value: number, digits: number): string {
  // A verdict file that somebody changed may hold anything.
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return value.toFixed(digits);
  const needed = Math.max(digits, 1 - Math.floor(Math.log10(Math.abs(value))));
  return decimals(Math.min(needed, 12)).format(value);
}

const formats = new Map<number, Intl.NumberFormat>();

/** To make a format takes far longer than to use it. */
function decimals(digits: number): Intl.NumberFormat {
  let format = formats.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(digits, format);
  }
  return format;
}

/** A metric's label within a sentence: "mean latency" of "Latency, mean". */
export function labelText(
  { metric, label }: { readonly metric: string; readonly label: string },
): string {
  if (metric.startsWith("event_")) {
    return nameText(
      metric.startsWith("event_per_user:") ? label : lowered(label),
    );
  }
  const [, what, statistic] = /^(.+), (mean|median|\d+th percentile)$/
    .exec(label) ?? [];
  return nameText(
    what === undefined ? lowered(label) : `${statistic} ${lowered(what)}`,
  );
}

function lowered(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** "a success rate", "an error rate". */
export function withArticle(label: string): string {
  return `${/^[aeiou]/i.test(label) ? "an" : "a"} ${label}`;
}
