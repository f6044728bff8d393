import type { TestAssignment, TestCall } from "./statistics_builder.ts";

/** A user of any kind: without calls, with many, with unknown figures. */
export function mixedUser(random: () => number): TestAssignment[] {
  const some = (most: number): undefined[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) });
  const maybe = (chance: number): boolean => random() < chance;
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const outcome = random();
    return {
      ...(outcome < 0.5
        ? { outcome: "success" as const }
        : outcome < 0.8
        ? { outcome: "failure" as const }
        : {}),
      calls: some(4).map((): TestCall => ({
        ...(maybe(0.9)
          ? { latencyMs: Math.floor(random() * 20_000) / 10 }
          : {}),
        ...(maybe(0.5) ? { ttftMs: Math.floor(random() * 5000) / 10 } : {}),
        ...(maybe(0.8) ? { cost: Math.floor(random() * 1e7) / 1e9 } : {}),
        ...(maybe(0.9) ? { inputTokens: Math.floor(random() * 3000) } : {}),
        ...(maybe(0.7) ? { outputTokens: Math.floor(random() * 900) } : {}),
        error: maybe(0.1),
      })),
      events: some(2).map(() => ({
        name: "rated",
        ...(maybe(0.7) ? { value: Math.floor(random() * 11) - 2 } : {}),
      })),
    };
  });
}
