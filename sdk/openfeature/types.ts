/**
 * The shapes of OpenFeature that the provider meets, so that the SDK depends
 * on no package. They fit `@openfeature/server-sdk` 1.x.
 *
 * @module
 */

import type { Assignment, PeekResult } from "../assignment.ts";
import type { EvalContext } from "../eval_context.ts";

/** For whom a flag is evaluated. */
export type ProviderContext = {
  /** The user: what modelab calls `userId`. */
  readonly targetingKey?: string;
} & { readonly [attribute: string]: unknown };

/** What comes with a tracking event. */
export type ProviderEventDetails = {
  /** A number that belongs to it, say a rating. */
  readonly value?: number;
} & { readonly [field: string]: unknown };

/** What a flag was resolved to. */
export interface ProviderResolution<T> {
  /** The value, or the caller's default. */
  value: T;
  /**
   * SPLIT where the user was randomised, STATIC where the variant was forced,
   * DISABLED where the flag's rollout lets nobody in, DEFAULT where the user is
   * outside of it.
   */
  reason: "SPLIT" | "STATIC" | "DISABLED" | "DEFAULT";
  /** The variant's name. */
  variant?: string;
  /** `assignmentId` and `overridden`, where there is an assignment. */
  flagMetadata: Record<string, string | number | boolean>;
}

/** Codes of OpenFeature's errors that the provider throws. */
export type ResolutionErrorCode =
  | "FLAG_NOT_FOUND"
  | "TYPE_MISMATCH"
  | "TARGETING_KEY_MISSING";

/** Any value of JSON, as OpenFeature types it. */
export type ProviderJson =
  | null
  | string
  | number
  | boolean
  | { [key: string]: ProviderJson }
  | ProviderJson[];

/** What the provider uses of a client: a `Modelab` has it. */
export interface ProviderClient {
  /** Decides, and records nothing. */
  peek(flagName: string, context: EvalContext): PeekResult | null;
  /** Decides, and records it. */
  assign(flagName: string, context: EvalContext): Assignment | null;
  /** Sends what waits. */
  flush(): Promise<void>;
}
