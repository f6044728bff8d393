/**
 * Figures as text, the same on the server and in every browser.
 *
 * @module
 */

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const ONE_DECIMAL = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const CENTS = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const THREE_DIGITS = new Intl.NumberFormat("en-US", {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const TWO_DIGITS = new Intl.NumberFormat("en-US", {
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
});

/** What stands where a figure is unknown. */
export const UNKNOWN = "–";

/** A whole number: `1,234`. */
export function formatCount(count: number): string {
  // Most counts are small, and a page has hundreds.
  return Number.isInteger(count) && count > 0 && count < 1000
    ? String(count)
    : COUNT.format(count);
}

/**
 * A share from 0 to 1 as a percentage: `42.0%`, and `0.42%` below one percent.
 * Something never reads as nothing, and nearly all never as all: `99.98%`.
 */
export function formatRate(rate: number): string {
  const percent = rate * 100;
  let digits = percent !== 0 && percent < 0.995 ? 2 : 1;
  while (digits < 6 && hidesTheRest(percent, digits)) digits++;
  return `${percent.toFixed(digits)}%`;
}

function hidesTheRest(percent: number, digits: number): boolean {
  const shown = Number(percent.toFixed(digits));
  return (shown === 0 && percent !== 0) || (shown === 100 && percent !== 100);
}

/** US dollars: cents from one dollar up, three digits below: `$0.000123`. */
export function formatMoney(dollars: number): string {
  const size = Math.abs(dollars);
  const sign = dollars < 0 ? "−" : "";
  if (size === 0) return "$0";
  // 0.9996 would read as $1 with three digits, and as $1.00 with cents.
  const format = size >= 0.9995 ? CENTS : THREE_DIGITS;
  return `${sign}$${format.format(size)}`;
}

/** What many calls cost together: cents from ten cents up, `<$0.0001` below that. */
export function formatSpend(dollars: number): string {
  if (dollars > 0 && dollars < 0.0001) return "<$0.0001";
  return dollars >= 0.0995 ? `$${CENTS.format(dollars)}` : formatMoney(dollars);
}

/** Milliseconds below one second, seconds above: `812 ms`, `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${TWO_DIGITS.format(milliseconds)} ms`;
  if (milliseconds < 999.5) return `${COUNT.format(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 999.5
    ? `${THREE_DIGITS.format(seconds)} s`
    : `${COUNT.format(seconds)} s`;
}

/** A mean of whole things: one decimal below a thousand, `412.3`. */
export function formatMean(mean: number): string {
  return mean < 999.95 ? ONE_DECIMAL.format(mean) : COUNT.format(mean);
}

/**
 * How far a figure is from a reference: rates in percentage points, all else
 * in percent of the reference. Null where there is nothing to divide by.
 */
export function formatDifference(
  value: number,
  reference: number,
  as: "points" | "percent",
): string | null {
  if (as === "points") return `${signed((value - reference) * 100)} pp`;
  if (reference === 0) return null;
  return `${signed((value / reference - 1) * 100)}%`;
}

function signed(number: number): string {
  const size = Math.abs(number);
  if (size === 0) return "±0";
  const sign = number < 0 ? "−" : "+";
  if (size < 0.995) return `${sign}${TWO_DIGITS.format(size)}`;
  return `${sign}${size < 99.95 ? size.toFixed(1) : COUNT.format(size)}`;
}

/** `$0.200` and `1.50 s` without the zeros that only pad. */
export function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "");
}
