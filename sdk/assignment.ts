import type { JsonObject } from "../engine/records.ts";
import type { EvalContext } from "./eval_context.ts";
import type { ExecutionDetails } from "./execution_details.ts";

/** What an assignment tells its client; the client makes assignments. */
export interface AssignmentSink {
  /** Takes what was recorded about an LLM call; must not throw. */
  execution(response: unknown, details: ExecutionDetails): void;
  /** Takes an outcome or a custom event; must not throw. */
  event(
    type: "success" | "failure" | "custom",
    name: string,
    payload: JsonObject | null | undefined,
    value?: number | null,
  ): void;
}

/** What a user gets of a flag, as `peek()` says it. */
export interface PeekResult<
  Config extends JsonObject = JsonObject,
  VariantName extends string = string,
> {
  /** The flag that was asked for. */
  readonly flagName: string;
  /** The variant that the user gets. */
  readonly variantName: VariantName;
  /** The variant's config: a copy of its own for every decision, not deep. */
  readonly config: Config;
  /** Whether the variant was forced, say for a test: no figure counts it. */
  readonly overridden: boolean;
}

/** The parts of an assignment. */
export interface AssignmentParts<
  Config extends JsonObject = JsonObject,
  VariantName extends string = string,
> extends PeekResult<Config, VariantName> {
  /** For whom this was decided. */
  readonly context: EvalContext;
  /** The unique id of this decision, a UUID. */
  readonly assignmentId: string;
  /** Where to say what came of it. */
  readonly sink: AssignmentSink;
}

/**
 * One decision for one user: which variant to use, and where to say what came
 * of it. Made by `assign()`.
 *
 * Every method returns at once, does no I/O and never throws, whatever it is
 * given: what cannot be sent as it is gets replaced, cut or left out, and is
 * counted.
 *
 * @example
 * ```ts
 * import { Modelab } from "./modelab.ts";
 *
 * const modelab = new Modelab({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * const assignment = modelab.assign("tone", { userId: "user_123" });
 * assignment?.record(null, { latencyMs: 250, cost: 0.013 });
 * assignment?.markSuccess();
 * ```
 */
export class Assignment<
  Config extends JsonObject = JsonObject,
  VariantName extends string = string,
> implements PeekResult<Config, VariantName> {
  /** The flag that was asked for. */
  readonly flagName: string;
  /** The variant that the user got. */
  readonly variantName: VariantName;
  /** The variant's config: a copy of its own for every assignment, not deep. */
  readonly config: Config;
  /** Whether the variant was forced, say for a test: no figure counts it. */
  readonly overridden: boolean;
  /** For whom this was decided. */
  readonly context: EvalContext;
  /** The unique id of this decision, a UUID. */
  readonly assignmentId: string;
  readonly #sink: AssignmentSink;

  /**
   * Called by `assign()`.
   *
   * @param parts What belongs to the decision.
   */
  constructor(parts: AssignmentParts<Config, VariantName>) {
    this.flagName = parts.flagName;
    this.variantName = parts.variantName;
    this.config = parts.config;
    this.overridden = parts.overridden;
    this.context = parts.context;
    this.assignmentId = parts.assignmentId;
    this.#sink = parts.sink;
  }

  /**
   * Records one LLM call.
   *
   * @param response The provider's response, from which token counts are read:
   * OpenAI's chat completions and responses, Anthropic's messages.
   * @param details What else is known; what is given here wins over what the
   * response says.
   *
   * @example
   * ```ts
   * import type { Assignment } from "./assignment.ts";
   *
   * function onResponse(assignment: Assignment, response: unknown) {
   *   assignment.record(response, { cost: 0.013, metadata: { tier: "pro" } });
   * }
   * ```
   */
  record(response?: unknown, details: ExecutionDetails = {}): void {
    this.#sink.execution(response, details);
  }

  /**
   * Says that it went well. The latest success or failure counts.
   *
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   */
  markSuccess(payload?: JsonObject | null): void {
    this.#sink.event("success", "", payload);
  }

  /**
   * Says that it went wrong. The latest success or failure counts.
   *
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   */
  markFailure(payload?: JsonObject | null): void {
    this.#sink.event("failure", "", payload);
  }

  /**
   * Says that something else happened, say "copied" or "rated".
   *
   * @param name At most 512 bytes of UTF-8.
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   * @param value A number that belongs to it, say the rating.
   */
  markCustomEvent(
    name: string,
    payload?: JsonObject | null,
    value?: number | null,
  ): void {
    this.#sink.event("custom", name, payload, value);
  }
}
