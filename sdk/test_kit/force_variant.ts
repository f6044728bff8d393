import type { Flag } from "../../engine/flag.ts";
import { currentClient } from "../default_client.ts";
import type { Modelab } from "../modelab.ts";
import type { FlagName, VariantName } from "../typed_flags.ts";

/** Ends what `forceVariant()` began, by `using` or by itself. */
export interface ForcedVariant extends Disposable {
  /** Lets the users decide again. */
  release(): void;
}

/**
 * Gives one variant of a flag to everybody, until it is released. What is
 * recorded meanwhile is marked as overridden.
 *
 * @param flagName The flag.
 * @param variantName The variant.
 * @param client Whose flag it is; without one, that of `init()`.
 * @throws {NotInitializedError} Without a client, before `init()`.
 * @throws {FlagNotFoundError} When the client has no such flag.
 * @throws {InvalidFlagError} When the flag has no such variant.
 *
 * @example
 * ```ts
 * import { assign, init, reset } from "../default_client.ts";
 * import { forceVariant } from "./force_variant.ts";
 * import assert from "node:assert/strict";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
 * });
 * {
 *   using _ = forceVariant("tone", "b");
 *   assert.equal(assign("tone", { userId: "u1" })?.variantName, "b");
 * }
 * assert.equal(assign("tone", { userId: "u1" })?.overridden, false);
 * await reset();
 * ```
 */
export function forceVariant<
  Flags extends readonly Flag[],
  Name extends FlagName<Flags>,
>(
  flagName: Name,
  variantName: VariantName<Flags, Name>,
  client?: Modelab<Flags>,
): ForcedVariant {
  const target: Modelab = client ?? currentClient();
  target.override(flagName, variantName);
  const release = (): void => target.override(flagName, null);
  return { release, [Symbol.dispose]: release };
}
