import type { DisplayScale } from "./metric_analysis.ts";

/** A share as a percentage. */
export const PERCENT: DisplayScale = {
  factor: 100,
  digits: 1,
  prefix: "",
  suffix: "%",
  unit: "percent",
};

/** Milliseconds. */
export const MILLISECONDS: DisplayScale = {
  factor: 1,
  digits: 0,
  prefix: "",
  suffix: " ms",
  unit: "milliseconds",
};

/** Tokens of a call. */
export const TOKENS: DisplayScale = {
  factor: 1,
  digits: 1,
  prefix: "",
  suffix: "",
  unit: "tokens per call",
};

/** US dollars per thousand of something, since one call costs next to nothing. */
export function dollarsPerThousand(what: string): DisplayScale {
  return {
    factor: 1000,
    digits: 2,
    prefix: "$",
    suffix: "",
    unit: `US dollars per 1,000 ${what}`,
  };
}

/** A number of something, with two decimals. */
export function plain(unit: string): DisplayScale {
  return { factor: 1, digits: 2, prefix: "", suffix: "", unit };
}
