import type { SetupSeen } from "../../engine/statistics/flag_statistics.ts";

/** A variant, and when its first record came. */
export interface FirstSeen {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly first: number;
}

/** What of a flag's settings gives its variants their order. */
export type OrderingSetup = Pick<SetupSeen, "last" | "variants">;

/**
 * The names of variants in the flag's own order: as the settings that were
 * seen last declare them, and those that these do not know after them, the
 * earliest first.
 */
export function variantOrder(
  variants: readonly FirstSeen[],
  setups: readonly OrderingSetup[],
): string[] {
  const [latest] = setups.toSorted((a, b) => b.last - a.last);
  const declared = latest?.variants ?? [];
  const place = new Map(declared.map(({ name }, at) => [name, at]));
  const placeOf = ({ name }: FirstSeen): number =>
    place.get(name) ?? declared.length;
  return variants
    .toSorted((a, b) =>
      placeOf(a) - placeOf(b) || a.first - b.first ||
      (a.name < b.name ? -1 : 1)
    )
    .map(({ name }) => name);
}
