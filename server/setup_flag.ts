import type { SetupFlag } from "../engine/setup_flag.ts";
import type { FlagStatistics } from "../engine/statistics/flag_statistics.ts";

/** A flag as the code that declares it would say it, from what was seen of it. */
export function setupFlagOf(
  { flag, variants, setups }: FlagStatistics,
): SetupFlag {
  const setup = setups.at(-1);
  const names = setup?.variants.map(({ name }) => name) ??
    variants.map(({ name }) => name);
  return {
    name: flag,
    variants: names.map((name) => ({
      name,
      weight: setup?.variants.find((one) => one.name === name)?.weight ?? 50,
      config: variants.find((one) => one.name === name)?.configs.at(-1)
        ?.config ?? {},
    })),
  };
}
