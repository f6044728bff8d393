import { gammaLn } from "./gamma_functions.ts";
import { type WeightedArm, weightedArms } from "./sample_ratio.ts";

/**
 * How tightly the mixture's parts lie around the intended split: with c, they
 * find best a deviation of about 1/√c of a share. Averaged, so that neither a
 * broken arm nor a small leak needs many users.
 */
const CONCENTRATIONS: readonly number[] = [10, 1e3, 1e5];

/**
 * The always-valid test of a split: however often one looks, a right split is
 * called wrong at level α with a probability of at most α.
 *
 * p = min(1, 1/e), with e the Dirichlet–multinomial mixture over splits
 * around the intended one p, against it:
 *
 * e = Γ(c)/Γ(c + n) · ∏ Γ(cp_i + n_i)/Γ(cp_i) · p_i^−n_i
 *
 * averaged over c in {10, 10³, 10⁵}. Arms of weight 0 are left out.
 *
 * Source: Lindon and Malek (2022), Anytime-valid inference for multinomial
 * count data.
 *
 * @param users By arm.
 * @param weights By arm, in any scale.
 * @returns The p-value of all looks so far, if one takes the smallest of them.
 *
 * @example
 * ```ts
 * import { sequentialSampleRatioPValue } from "./sequential_sample_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sequentialSampleRatioPValue([1000, 1000], [1, 1]), 1);
 * assert.ok(sequentialSampleRatioPValue([1000, 1250], [1, 1]) < 0.001);
 * ```
 */
export function sequentialSampleRatioPValue(
  users: readonly number[],
  weights: readonly number[],
): number {
  const arms = weightedArms(users, weights);
  if (arms.length < 2) return 1;
  const logs = CONCENTRATIONS.map((concentration) => logE(arms, concentration));
  const top = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - top), 0);
  return Math.min(1, Math.exp(-top) * logs.length / sum);
}

function logE(arms: readonly WeightedArm[], concentration: number): number {
  const total = arms.reduce((sum, arm) => sum + arm.users, 0);
  let log = gammaLn(concentration) - gammaLn(concentration + total);
  for (const { users, share } of arms) {
    const prior = concentration * share;
    log += gammaLn(prior + users) - gammaLn(prior) - users * Math.log(share);
  }
  return log;
}
