import type { Estimate } from "../statistics/estimate.ts";
import type { Margin } from "./analysis_options.ts";

/**
 * How far a variant is from being worse than a margin allows: above 0 it is
 * not worse than that, and value / √variance says how surely.
 *
 * A relative margin m turns (B − A)/|A| > −m into B − A + m·|A| > 0, which
 * needs no division: its sign always agrees with Fieller's interval, and it
 * holds where the control is near 0.
 *
 * @param good 1 where higher is better, −1 where lower is.
 */
export function distanceToMargin(
  control: Estimate,
  treatment: Estimate,
  margin: Margin,
  good: 1 | -1,
): Pick<Estimate, "value" | "variance"> {
  const gain = good * (treatment.value - control.value);
  if (margin.kind === "absolute") {
    return {
      value: gain + margin.value,
      variance: control.variance + treatment.variance,
    };
  }
  // Written as B·good − A·(good − m·sign A).
  const sign = control.value < 0 ? -1 : 1;
  const weight = good - margin.value * sign;
  return {
    value: gain + margin.value * Math.abs(control.value),
    variance: treatment.variance + weight * weight * control.variance,
  };
}

/** "2%" of a relative margin; a plain number, in the unit, of an absolute one. */
export function marginText(
  { kind, value }: Margin,
  show: (figure: number) => string,
): string {
  return kind === "absolute"
    ? show(value)
    : `${Number((value * 100).toPrecision(6))}%`;
}
