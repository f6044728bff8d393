/** Cases that each property is tried with: `FUZZ_RUNS`, or a few hundred. */
export const RUNS: number = Number(Deno.env.get("FUZZ_RUNS") ?? 200);
