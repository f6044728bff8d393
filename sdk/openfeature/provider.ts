/**
 * A provider of [OpenFeature](https://openfeature.dev) for servers, so that
 * code written to its API takes part in modelab's experiments.
 *
 * @example
 * ```ts
 * import { OpenFeature } from "@openfeature/server-sdk";
 * import { Modelab } from "@modelab/sdk";
 * import { ModelabProvider } from "@modelab/sdk/openfeature";
 *
 * const lab = new Modelab({
 *   server: null, // say "http://localhost:8100"; null sends nothing
 *   flags: [{
 *     name: "reply-model",
 *     variants: [
 *       { name: "small", config: { value: "gpt-4.1-mini" } },
 *       { name: "large", config: { value: "gpt-4.1" } },
 *     ],
 *   }],
 * });
 * await OpenFeature.setProviderAndWait(new ModelabProvider(lab));
 *
 * const client = OpenFeature.getClient();
 * const context = { targetingKey: "user_123" };
 * const model = await client.getStringValue("reply-model", "gpt-4.1", context);
 * client.track("success", context);
 * await OpenFeature.close();
 * ```
 *
 * @module
 */

import type { Assignment, PeekResult } from "../assignment.ts";
import { flagSets } from "../flag_set.ts";
import { FlagNotFoundError } from "../errors.ts";
import type { EvalContext } from "../eval_context.ts";
import { Exposures } from "./exposures.ts";
import { ResolutionError } from "./resolution_error.ts";
import type {
  ProviderClient,
  ProviderContext,
  ProviderEventDetails,
  ProviderJson,
  ProviderResolution,
} from "./types.ts";

export type {
  ProviderClient,
  ProviderContext,
  ProviderEventDetails,
  ProviderJson,
  ProviderResolution,
  ResolutionErrorCode,
} from "./types.ts";
export { ResolutionError } from "./resolution_error.ts";

/** How a provider reads configs and remembers users. */
export interface ModelabProviderOptions {
  /**
   * The field of a variant's config that is its value.
   *
   * @default "value"
   */
  readonly valueKey?: string;
  /**
   * For so many users, those that came last, tracking events find their
   * assignments.
   *
   * @default 10000
   */
  readonly maxUsers?: number;
  /**
   * Told of a tracking event for which there is no assignment.
   *
   * @default none
   */
  readonly onUntracked?: (eventName: string, userId: string) => unknown;
}

/**
 * Resolves flags to the values in their variants' configs, and records each
 * resolution as an assignment.
 *
 * - A flag's value is the field `value` of its variant's config; an object
 *   flag without one is the whole config.
 * - `targetingKey` is the user. The attribute `sessionId` is the session.
 * - Nothing is recorded when the caller gets its default: for a user outside
 *   the rollout, or an error.
 * - A tracking event marks the user's latest assignment of every flag, or of
 *   the one in its field `flagKey`. "success" and "failure" are outcomes; any
 *   other name is a custom event. Its other fields are the payload.
 */
export class ModelabProvider {
  /** The provider's name. */
  readonly metadata = { name: "modelab" } as const;
  /** It is for servers: each evaluation has a context of its own. */
  readonly runsOn = "server";
  readonly #client: ProviderClient;
  readonly #valueKey: string;
  readonly #onUntracked: (eventName: string, userId: string) => unknown;
  readonly #exposures: Exposures;

  /**
   * Makes a provider of a client, which stays its maker's to shut down.
   *
   * @param client A `Modelab`, or what `init()` returns.
   */
  constructor(client: ProviderClient, {
    valueKey = "value",
    maxUsers = 10_000,
    onUntracked = () => {},
  }: ModelabProviderOptions = {}) {
    this.#client = client;
    this.#valueKey = valueKey;
    this.#onUntracked = onUntracked;
    this.#exposures = new Exposures(maxUsers);
  }

  /**
   * Resolves a flag whose value is a boolean.
   *
   * @throws {ResolutionError} As a rejection: see `ResolutionErrorCode`.
   */
  resolveBooleanEvaluation(
    flagKey: string,
    defaultValue: boolean,
    context: ProviderContext,
  ): Promise<ProviderResolution<boolean>> {
    return this.#resolve(
      flagKey,
      defaultValue,
      context,
      (value) => typeof value === "boolean" ? value : undefined,
    );
  }

  /**
   * Resolves a flag whose value is a text.
   *
   * @throws {ResolutionError} As a rejection: see `ResolutionErrorCode`.
   */
  resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    context: ProviderContext,
  ): Promise<ProviderResolution<string>> {
    return this.#resolve(
      flagKey,
      defaultValue,
      context,
      (value) => typeof value === "string" ? value : undefined,
    );
  }

  /**
   * Resolves a flag whose value is a number.
   *
   * @throws {ResolutionError} As a rejection: see `ResolutionErrorCode`.
   */
  resolveNumberEvaluation(
    flagKey: string,
    defaultValue: number,
    context: ProviderContext,
  ): Promise<ProviderResolution<number>> {
    return this.#resolve(
      flagKey,
      defaultValue,
      context,
      (value) => typeof value === "number" ? value : undefined,
    );
  }

  /**
   * Resolves a flag whose value is an object or a list: the config's value
   * when it is one, else the whole config.
   *
   * @typeParam T The caller's word for the shape: it is not checked.
   * @throws {ResolutionError} As a rejection: see `ResolutionErrorCode`.
   */
  resolveObjectEvaluation<T extends ProviderJson>(
    flagKey: string,
    defaultValue: T,
    context: ProviderContext,
  ): Promise<ProviderResolution<T>> {
    return this.#resolve(
      flagKey,
      defaultValue,
      context,
      (value, config) => {
        const object: unknown = typeof value === "object" && value !== null
          ? value
          : config;
        return object as T;
      },
    );
  }

  /**
   * Marks what a user did. Never throws.
   *
   * @param eventName "success", "failure", or the name of a custom event.
   */
  track(
    eventName: string,
    context: ProviderContext,
    details: ProviderEventDetails = {},
  ): void {
    const { targetingKey = "" } = context;
    const { value, flagKey, ...payload } = details;
    const assignments = this.#exposures.of(
      targetingKey,
      typeof flagKey === "string" ? flagKey : undefined,
    );
    if (assignments.length === 0) {
      this.#onUntracked(eventName, targetingKey);
    }
    const outcome = value === undefined ? payload : { value, ...payload };
    for (const assignment of assignments) {
      if (eventName === "success") assignment.markSuccess(outcome);
      else if (eventName === "failure") assignment.markFailure(outcome);
      else assignment.markCustomEvent(eventName, payload, value);
    }
  }

  /**
   * The user's latest assignment of a flag, for recording the calls that were
   * made under it; null when there is none, or too many users came since.
   */
  assignment(flagKey: string, targetingKey: string): Assignment | null {
    return this.#exposures.of(targetingKey, flagKey)[0] ?? null;
  }

  /** Sends what waits. */
  onClose(): Promise<void> {
    return this.#client.flush();
  }

  async #resolve<T>(
    flagKey: string,
    defaultValue: T,
    context: ProviderContext,
    read: (value: unknown, config: object) => T | undefined,
  ): Promise<ProviderResolution<T>> {
    const { targetingKey, sessionId } = context;
    if (typeof targetingKey !== "string" || targetingKey === "") {
      throw new ResolutionError(
        "TARGETING_KEY_MISSING",
        `Flag ${JSON.stringify(flagKey)} needs a targetingKey: the user`,
      );
    }
    const user: EvalContext = {
      userId: targetingKey,
      ...(typeof sessionId === "string" && { sessionId }),
    };
    const decided = this.#peek(flagKey, user);
    if (decided === null) {
      const flag = flagSets.get(this.#client)?.find(flagKey);
      return {
        value: defaultValue,
        reason: flag?.admitsNobody ? "DISABLED" : "DEFAULT",
        flagMetadata: {},
      };
    }
    const { config } = decided;
    const value = read(config[this.#valueKey], config);
    if (value === undefined) {
      throw new ResolutionError(
        "TYPE_MISMATCH",
        `Variant ${JSON.stringify(decided.variantName)} of flag ` +
          `${JSON.stringify(flagKey)} must have a ${typeof defaultValue} in ` +
          `config.${this.#valueKey}, got ${typeof config[this.#valueKey]}`,
      );
    }
    // Only now is the user exposed to the variant.
    const assignment = this.#client.assign(flagKey, user);
    if (assignment !== null) this.#exposures.add(targetingKey, assignment);
    return await Promise.resolve({
      value,
      variant: decided.variantName,
      reason: decided.overridden ? "STATIC" : "SPLIT",
      flagMetadata: {
        ...(assignment !== null && { assignmentId: assignment.assignmentId }),
        overridden: decided.overridden,
      },
    });
  }

  #peek(flagKey: string, user: EvalContext): PeekResult | null {
    try {
      return this.#client.peek(flagKey, user);
    } catch (error) {
      if (!(error instanceof FlagNotFoundError)) throw error;
      throw new ResolutionError("FLAG_NOT_FOUND", error.message);
    }
  }
}
