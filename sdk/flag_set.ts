import { show } from "../engine/demand.ts";
import type { Flag } from "../engine/flag.ts";
import { FlagNotFoundError } from "./errors.ts";
import {
  OVERRIDES_VARIABLE,
  parseOverrides,
  readVariable,
} from "./overrides.ts";
import { type RegisteredFlag, registerFlag } from "./registered_flag.ts";

/** The flags of a client, and the variants that are forced. */
export interface FlagSet {
  /** @throws {FlagNotFoundError} There is no such flag. */
  find(flagName: string): RegisteredFlag;
}

/**
 * Prepares the flags of a client. The last one of a name counts.
 *
 * @param overrides Pairs of flag and variant. Those of the environment win;
 * they may be meant for another program's flags, and throw nothing.
 * @param warn Told of settings that are not as they seem.
 * @throws {InvalidFlagError} A definition breaks a rule, or an override names
 * a variant that there is not.
 * @throws {FlagNotFoundError} An override names a flag that there is not.
 */
export function flagSet(
  definitions: readonly Flag[],
  overrides: readonly (readonly [string, unknown])[],
  warn: (message: string) => void,
): FlagSet {
  const flags = new Map<string, RegisteredFlag>();
  const find = (flagName: string): RegisteredFlag => {
    const flag = flags.get(flagName);
    if (flag === undefined) throw new FlagNotFoundError(flagName);
    return flag;
  };
  for (const definition of definitions) {
    const flag = registerFlag(definition, warn);
    if (flags.has(flag.name)) {
      warn(
        `Flag ${show(flag.name)} is defined more than once; the last ` +
          "definition counts",
      );
    }
    flags.set(flag.name, flag);
  }
  for (const [flag, variant] of overrides) find(flag).force(variant);
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      warn(`${OVERRIDES_VARIABLE} is ignored: ${Object(error).message}`);
    }
  };
  attempt(() => {
    const text = readVariable(OVERRIDES_VARIABLE);
    for (const [flag, variant] of parseOverrides(text)) {
      attempt(() => {
        find(flag).force(variant);
        warn(
          `${OVERRIDES_VARIABLE} gives variant ${show(variant)} of flag ` +
            `${show(flag)} to everybody; no figure counts that`,
        );
      });
    }
  });
  return { find };
}

/** The flags of each client, for what stands beside it. */
export const flagSets = new WeakMap<object, FlagSet>();
