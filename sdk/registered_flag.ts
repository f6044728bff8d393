import { variantIndex } from "../engine/assign.ts";
import { bucketing } from "../engine/bucket.ts";
import { type Flag, type PreparedFlag, prepareFlag } from "../engine/flag.ts";
import { flagWarnings } from "../engine/flag_warnings.ts";
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

// The server takes 1,000 variants, and a record has room for little more.
const MAX_SETUP_BYTES = 8 * 1024;

/** The names of a record's fields, its id and the quotes. */
const FRAME_CHARS = 110;

/** A flag that a client was given. */
export class RegisteredFlag {
  readonly name: string;
  /** What its author will hardly expect. */
  readonly warnings: readonly string[];
  readonly #flag: PreparedFlag;
  readonly #bucketOf: (userId: string) => number;
  readonly #choices: readonly Choice[];
  #forced: Choice | null = null;

  /** @throws {InvalidFlagError} When the definition breaks a rule. */
  constructor(definition: Flag) {
    const flag = prepareFlag(definition);
    const warnings = flagWarnings(flag);
    const setup = setupJson(flag);
    this.name = flag.name;
    this.warnings = warnings;
    this.#flag = flag;
    this.#bucketOf = bucketing(flag.name);
    this.#choices = flag.variants.map(({ name, config }) => {
      const { json, altered } = safeJson(config);
      if (altered) {
        warnings.push(
          `Flag ${JSON.stringify(flag.name)}: the config of variant ` +
            `${JSON.stringify(name)} cannot be sent as it is; ` +
            "your code gets it whole, the server gets what JSON of 32 KiB holds",
        );
      }
      const hintsJson = `"flag_name":${quoted(flag.name)},"variant_name":` +
        quoted(name);
      const decisionJson = `"config_json":${json}${setup}`;
      return {
        variant: {
          flagName: flag.name,
          name,
          config,
          hintsJson,
          decisionJson,
          chars: hintsJson.length + decisionJson.length + FRAME_CHARS,
        },
        overridden: false,
      };
    });
  }

  /** What a user gets; null outside the rollout. */
  choose(userId: string): Choice | null {
    if (this.#forced !== null) return this.#forced;
    const index = variantIndex(this.#flag, this.#bucketOf(userId));
    return index === null ? null : this.#choices[index] ?? null;
  }

  /**
   * Gives one variant to everybody.
   *
   * @param variantName Null lets the users decide again.
   * @returns False when the flag has no such variant; nothing changes then.
   */
  force(variantName: unknown): boolean {
    const choice = this.#choices.find(({ variant }) =>
      variant.name === variantName
    );
    if (choice === undefined && variantName !== null) return false;
    this.#forced = choice === undefined
      ? null
      : { ...choice, overridden: true };
    return true;
  }

  /** The names of the variants, for messages. */
  variantNames(): string {
    const names = this.#choices.map(({ variant }) => quoted(variant.name));
    return names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
  }
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
