import { demand, show } from "../engine/demand.ts";
import { UsageReader } from "../engine/usage/usage_reader.ts";
import type { JsonObject } from "../engine/records.ts";
import type { Decided } from "./decision_record.ts";
import type { EvalContext } from "./eval_context.ts";
import type { ExecutionDetails } from "./execution_details.ts";
import type { Recorder } from "./recorder.ts";
import { CallWatch } from "./run/call_watch.ts";
import { watchCall } from "./run/watch_call.ts";

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

/**
 * One decision for one user: which variant to use, and where to say what came
 * of it. Made by `assign()`.
 *
 * Every method returns at once, does no I/O and never throws, whatever it is
 * given: what cannot be sent as it is gets replaced, cut or left out, and is
 * counted. Only `run()` throws: what its call throws, and when that is no
 * function.
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
  /** For whom this was decided. */
  readonly context: EvalContext;
  readonly #decision: Decided;
  readonly #recorder: Recorder;
  #config: Config | null = null;

  /**
   * Called by `assign()`.
   *
   * @internal
   */
  constructor(
    decision: Decided,
    context: EvalContext,
    recorder: Recorder,
  ) {
    this.context = context;
    this.#decision = decision;
    this.#recorder = recorder;
  }

  /** The flag that was asked for. */
  get flagName(): string {
    return this.#decision.choice.variant.flagName;
  }

  /** The variant that the user got. */
  get variantName(): VariantName {
    // The type was read from the same flags that this was taken from.
    return this.#decision.choice.variant.name as VariantName;
  }

  /** The variant's config: a copy of its own for every assignment, not deep. */
  get config(): Config {
    this.#config ??= { ...this.#decision.choice.variant.config } as Config;
    return this.#config;
  }

  /** Whether the variant was forced, say for a test: no figure counts it. */
  get overridden(): boolean {
    return this.#decision.choice.overridden;
  }

  /** The unique id of this decision, a UUID. */
  get assignmentId(): string {
    return this.#decision.assignmentId;
  }

  /**
   * Records one LLM call.
   *
   * @param response The provider's response, from which token counts are read
   * by its shape, whoever sent it. Null when there is none.
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
    const usage = new UsageReader();
    usage.add(response);
    this.#recorder.execution(this.#decision, usage, details);
  }

  /**
   * Makes one LLM call and records it: how long it took, what it used, and
   * what went wrong. What the call throws is thrown on.
   *
   * What the call gives is given on: a value as it is, a stream as the same
   * stream, whose parts are passed on as they come. A stream is recorded when
   * it ends, with the time to its first token; when it is left before, as
   * broken off. Two things are replaced by their like, since neither can be
   * followed in place: a bare `Promise` and a bare `ReadableStream`.
   *
   * @param call Is given the variant's config. It may return anything: a
   * promise, a promise with methods, a stream, a value.
   * @param details What else is known, say `step` where several calls are made
   * under one assignment; it wins over what was measured and read.
   * @returns What the call returned.
   * @throws {ModelabError} When the call is no function.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   * import assert from "node:assert/strict";
   *
   * // Stands for a call of your provider's client.
   * const create = ({ model }: { model: string }) =>
   *   Promise.resolve({
   *     model,
   *     choices: [{ message: { content: "Hello!" } }],
   *     usage: { prompt_tokens: 12, completion_tokens: 3 },
   *   });
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{
   *     name: "greeting",
   *     variants: [{ name: "small", config: { model: "gpt-4o-mini" } }],
   *   }],
   * });
   * const assignment = modelab.assign("greeting", { userId: "user_123" });
   * const reply = await assignment?.run((config) => create(config));
   * assert.equal(reply?.choices[0]?.message.content, "Hello!");
   * ```
   */
  run<Reply>(
    call: (config: Config) => Reply,
    details: ExecutionDetails = {},
  ): Reply {
    demand(
      typeof call === "function",
      "Cannot run: the call must be a function of the variant's config",
      show(call),
    );
    const watch = new CallWatch((usage, measured) => {
      this.#recorder.execution(this.#decision, usage, {
        ...measured,
        ...details,
      });
    });
    try {
      // It gives on what it is given, or what cannot be told from that.
      return watchCall(call(this.config), watch) as Reply;
    } catch (error) {
      watch.fail(error);
      throw error;
    }
  }

  /**
   * Says that it went well. The latest success or failure counts.
   *
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   */
  markSuccess(payload?: JsonObject | null): void {
    this.#recorder.event(this.#decision, "success", "", payload);
  }

  /**
   * Says that it went wrong. The latest success or failure counts.
   *
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   */
  markFailure(payload?: JsonObject | null): void {
    this.#recorder.event(this.#decision, "failure", "", payload);
  }

  /**
   * Says that something else happened, say "copied" or "rated".
   *
   * @param name At most 512 bytes of UTF-8.
   * @param payload Whatever to keep with it: at most 32 KiB as JSON.
   * @param value A number that belongs to it, say the rating: at most a
   * million million on either side of zero.
   */
  markCustomEvent(
    name: string,
    payload?: JsonObject | null,
    value?: number | null,
  ): void {
    this.#recorder.event(this.#decision, "custom", name, payload, value);
  }
}
