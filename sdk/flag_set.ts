import { InvalidFlagError } from "../engine/modelab_error.ts";
import { FlagNotFoundError } from "./errors.ts";
import {
  OVERRIDES_VARIABLE,
  parseOverrides,
  readVariable,
} from "./overrides.ts";
import type { RegisteredFlag } from "./registered_flag.ts";

/** The flags of a client, and the variants that are forced. */
export class FlagSet {
  readonly #flags = new Map<string, RegisteredFlag>();
  readonly #warn: (message: string) => void;

  /** @param warn Told of settings that are not as they seem. */
  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Adds a flag; the last one of a name counts. */
  add(flag: RegisteredFlag): void {
    const twice = this.#flags.has(flag.name)
      ? [
        `Flag ${JSON.stringify(flag.name)} is defined more than once; ` +
        "the last definition counts",
      ]
      : [];
    this.#flags.set(flag.name, flag);
    for (const message of [...twice, ...flag.warnings]) this.#warn(message);
  }

  /**
   * Forces a variant.
   *
   * @throws {FlagNotFoundError} There is no such flag.
   * @throws {InvalidFlagError} There is no such variant.
   */
  override(flagName: string, variantName: unknown): void {
    const flag = this.find(flagName);
    if (flag.force(variantName)) return;
    throw new InvalidFlagError(
      `Cannot override flag ${JSON.stringify(flagName)}: the variant must be ` +
        `one of ${flag.variantNames()}, got ${JSON.stringify(variantName)}`,
    );
  }

  /**
   * Forces what the environment says. It may be meant for another program's
   * flags, and so throws nothing.
   */
  overrideByEnvironment(): void {
    const text = readVariable(OVERRIDES_VARIABLE);
    const pairs = parseOverrides(text);
    const ignored = `${OVERRIDES_VARIABLE} is ignored`;
    if (pairs === null) {
      this.#warn(
        `${ignored}: it must be flag=variant, separated by commas, or a JSON ` +
          `object, got ${JSON.stringify(text)}`,
      );
    }
    for (const [flagName, variantName] of pairs ?? []) {
      const flag = this.#flags.get(flagName);
      const [name, variant] = [flagName, variantName].map((each) =>
        JSON.stringify(each)
      );
      this.#warn(
        flag === undefined
          ? `${ignored} for flag ${name}: there is no such flag`
          : flag.force(variantName)
          ? `${OVERRIDES_VARIABLE} gives variant ${variant} of flag ${name} ` +
            "to everybody; no figure counts that"
          : `${ignored} for flag ${name}: the variant must be one of ` +
            `${flag.variantNames()}, got ${variant}`,
      );
    }
  }

  /** @throws {FlagNotFoundError} There is no such flag. */
  find(flagName: string): RegisteredFlag {
    const registered = this.#flags.get(flagName);
    if (registered === undefined) throw new FlagNotFoundError(flagName);
    return registered;
  }
}
