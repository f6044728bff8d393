import { variantIndex } from "../engine/assign.ts";
import { bucketing } from "../engine/bucket.ts";
import { demand, show } from "../engine/demand.ts";
import { type Flag, type PreparedFlag, prepareFlag } from "../engine/flag.ts";
import { flagWarnings } from "../engine/flag_warnings.ts";
import { InvalidFlagError } from "../engine/modelab_error.ts";
import type { FlagSetup, JsonObject } from "../engine/records.ts";
import { utf8Length, wellFormed } from "../engine/text.ts";
import { quote } from "./quote.ts";
import { safeJson } from "./safe_json.ts";

/** A variant, with what its records hold made once. */
export interface RegisteredVariant {
  readonly flagName: string;
  readonly name: string;
  readonly config: JsonObject;
  /** The flag and the variant, as fields of a record: `"flag_name":…,…`. */
  readonly hintsJson: string;
  /** How long both of these are, and what else a record of a decision has. */
  readonly chars: number;
  /** The config and the flag's settings, as fields: `"config_json":…,…`. */
  readonly decisionJson: string;
}

/** What a user gets of a flag. */
export interface Choice {
  readonly variant: RegisteredVariant;
  /** Whether the variant was forced. */
  readonly overridden: boolean;
}

/** A flag that a client was given. */
export interface RegisteredFlag {
  readonly name: string;
  /** Whether the rollout is so small that nobody takes part. */
  readonly admitsNobody: boolean;
  /** What a user gets; null outside the rollout. */
  choose(userId: string): Choice | null;
  /**
   * Gives one variant to everybody.
   *
   * @param variantName Null lets the users decide again.
   * @throws {InvalidFlagError} There is no such variant.
   */
  force(variantName: unknown): void;
}

// The server takes 1,000 variants, and a record has room for little more.
const MAX_SETUP_BYTES = 8 * 1024;

/** The names of a record's fields, its id and the quotes. */
const FRAME_CHARS = 110;

/**
 * Prepares a flag.
 *
 * @param warn Told of what its author will hardly expect.
 * @throws {InvalidFlagError} When the definition breaks a rule.
 */
export function registerFlag(
  definition: Flag,
  warn: (message: string) => void,
): RegisteredFlag {
  const flag = prepareFlag(definition);
  const { name } = flag;
  const bucketOf = bucketing(name);
  const setup = setupJson(flag);
  for (const warning of flagWarnings(flag)) warn(warning);
  const choices = flag.variants.map((variant): Choice => {
    const { json, altered } = safeJson(variant.config);
    if (altered) {
      warn(
        `Flag ${show(name)}: the config of variant ${show(variant.name)} ` +
          "cannot be sent as it is; your code gets it whole, the server what " +
          "JSON of 32 KiB holds",
      );
    }
    const hintsJson = `"flag_name":${quoted(name)},"variant_name":` +
      quoted(variant.name);
    const decisionJson = `"config_json":${json}${setup}`;
    const chars = hintsJson.length + decisionJson.length + FRAME_CHARS;
    return {
      variant: {
        flagName: name,
        name: variant.name,
        config: variant.config,
        hintsJson,
        chars,
        decisionJson,
      },
      overridden: false,
    };
  });
  let forced: Choice | null = null;
  return {
    name,
    admitsNobody: flag.admittedBuckets === 0,
    choose(userId) {
      if (forced !== null) return forced;
      const index = variantIndex(flag, bucketOf(userId));
      return index === null ? null : choices[index] ?? null;
    },
    force(variantName) {
      const choice = choices.find(({ variant }) =>
        variant.name === variantName
      );
      const names = flag.variants.map((variant) => show(variant.name));
      demand(
        choice ?? variantName === null,
        `Cannot override flag ${show(name)}: the variant must be one of ` +
          names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : ""),
        show(variantName),
        InvalidFlagError,
      );
      forced = choice === undefined ? null : { ...choice, overridden: true };
    },
  };
}

/** The flag's settings as a field; empty when they are too long to travel. */
function setupJson({ rolloutPct, variants }: PreparedFlag): string {
  const setup: FlagSetup = {
    rollout_pct: rolloutPct,
    variants: variants.map(({ name, weight }) =>
      [wellFormed(name), weight] as const
    ),
  };
  const json = JSON.stringify(setup);
  return utf8Length(json) > MAX_SETUP_BYTES ? "" : `,"flag_json":${json}`;
}

function quoted(text: string): string {
  return quote(wellFormed(text));
}
