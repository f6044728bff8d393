import { seededRandom } from "../../../engine/statistics/testing/seeded_random.ts";

/** Random numbers of the kinds that simulated users need. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  normal(): number;
  /** Of shape a and scale 1. */
  gamma(a: number): number;
  beta(a: number, b: number): number;
  poisson(mean: number): number;
  binomial(n: number, p: number): number;
}

/** The same numbers for the same seed. */
export function randomOf(seed: number): Random {
  const uniform = seededRandom(seed);
  let spare: number | null = null;
  // Box and Muller (1958).
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  // Marsaglia and Tsang (2000).
  const gamma = (a: number): number => {
    if (a < 1) return gamma(a + 1) * (1 - uniform()) ** (1 / a);
    const d = a - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    while (true) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      const u = 1 - uniform();
      if (Math.log(u) < x * x / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    let product = uniform();
    const limit = Math.exp(-mean);
    let count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  };
  return {
    uniform,
    normal,
    gamma,
    beta: (a, b) => {
      const x = gamma(a);
      return x / (x + gamma(b));
    },
    poisson,
    binomial: (n, p) => {
      let count = 0;
      for (let i = 0; i < n; i++) if (uniform() < p) count++;
      return count;
    },
  };
}
