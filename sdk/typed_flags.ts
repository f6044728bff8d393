import type { Flag } from "../engine/flag.ts";
import type { JsonObject } from "../engine/records.ts";

/** The names of some flags: what `assign()` may be asked for. */
export type FlagName<Flags extends readonly Flag[]> = Flags[number]["name"];

/** The names of a flag's variants. */
export type VariantName<Flags extends readonly Flag[], Name extends string> =
  VariantOf<Flags, Name> extends never ? string
    : VariantOf<Flags, Name>["name"];

/**
 * The config of a flag: one of its variants' own. What only some variants
 * have is undefined in the others.
 */
export type ConfigOf<Flags extends readonly Flag[], Name extends string> =
  VariantOf<Flags, Name> extends never ? JsonObject
    : Filled<VariantConfig<VariantOf<Flags, Name>>>;

/** Which variant each flag is to give, by name. */
export type Overrides<Flags extends readonly Flag[]> = {
  readonly [Name in FlagName<Flags>]?: VariantName<Flags, Name>;
};

/**
 * The variants of the flag of that name.
 * @internal
 */
type VariantOf<Flags extends readonly Flag[], Name extends string> = Extract<
  Flags[number],
  { readonly name: Name }
>["variants"][number];

/** @internal */
type VariantConfig<V> = V extends { readonly config: infer Config }
  ? Writable<Config>
  : "config" extends keyof V ? JsonObject
  : Record<never, never>;

/**
 * Literals are inferred as read-only, and providers' types want arrays that are not.
 * @internal
 */
type Writable<T> = T extends (...args: never[]) => unknown ? T
  : T extends object ? { -readonly [K in keyof T]: Writable<T[K]> }
  : T;

/** @internal */
type Filled<Config> = FilledFrom<Config, Config>;

/** @internal */
type FilledFrom<Config, All> = Config extends JsonObject
  ? string extends keyof Config ? Config
  : Flat<
    Config & { [K in Exclude<KeyOf<All>, keyof Config>]?: undefined }
  >
  : never;

/** @internal */
type KeyOf<T> = T extends unknown ? keyof T : never;

/** @internal */
type Flat<T> = { [K in keyof T]: T[K] };
