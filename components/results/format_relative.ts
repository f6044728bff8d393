import type { Interval } from "../../engine/analysis/metric_analysis.ts";
import { decimalText } from "../decimal_text.ts";

/** The sign of what is less than nothing. */
export const MINUS = "−";
/** Stands where an interval is open. */
const OPEN = "∞";

/** A relative difference, with its sign: `+8.1%`, `−0.42%`. */
export function formatRelative(value: number): string {
  const percent = value * 100;
  const size = Math.abs(percent);
  if (size >= 1e4) return `${signOf(percent)}${SHORT.format(size)}%`;
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

/** The sign of a difference. */
export function signOf(value: number): string {
  return value > 0 ? "+" : value < 0 ? MINUS : "±";
}

/** A number as short as it gets: `2.76M`. */
export const SHORT = new Intl.NumberFormat("en-US", {
  notation: "compact",
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});

/** More decimals than these are given to nothing, however small it is. */
const MORE_DIGITS = 5;

/** At least `digits` decimals, and more where two digits would not be left. */
export function digitsOf(size: number, digits: number): string {
  const needed = size === 0 ? 0 : 1 - Math.floor(Math.log10(size));
  const most = digits + MORE_DIGITS;
  const decimals = Math.min(most, Math.max(digits, needed));
  const least = 10 ** -decimals;
  if (size !== 0 && size < least / 2) return `<${least.toFixed(decimals)}`;
  return decimalText(size, decimals);
}
