import { show } from "../engine/demand.ts";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { Flag } from "../engine/flag.ts";
import type { Connection } from "../storage/http/connection.ts";
import { httpStorage } from "../storage/http/http_storage.ts";
import type { RecordStorage } from "../storage/http/record_storage.ts";
import { guardHandler, type Report, reporter } from "../storage/http/report.ts";
import { Assignment, type PeekResult } from "./assignment.ts";
import type { ClientStats } from "./client_stats.ts";
import { createClock } from "./clock.ts";
import type { EvalContext } from "./eval_context.ts";
import { evaluateFlag } from "./evaluate.ts";
import { type FlagSet, flagSet, flagSets } from "./flag_set.ts";
import { type InitOptions, prepareOptions } from "./init_options.ts";
import { localStorage } from "./local_storage.ts";
import { readUserId } from "./read_user_id.ts";
import { Recorder } from "./recorder.ts";
import type { Choice } from "./registered_flag.ts";
import { resumeAssignment, type ResumedAssignment } from "./resume.ts";
import type { ConfigOf, FlagName, VariantName } from "./typed_flags.ts";

/**
 * A client of its own, for those who want more than one, or none that is
 * global. `init()` and the functions beside it share one of these.
 *
 * @example
 * ```ts
 * import { Modelab } from "./modelab.ts";
 * import assert from "node:assert/strict";
 *
 * const modelab = new Modelab({
 *   server: null, // decides without a server: nothing is sent
 *   flags: [{
 *     name: "summarizer_v2",
 *     variants: [
 *       { name: "control", config: { model: "gpt-4o-mini" } },
 *       { name: "treatment", config: { model: "gpt-4o" } },
 *     ],
 *   }],
 * });
 * const assignment = modelab.assign("summarizer_v2", { userId: "user_123" });
 * assert.equal(assignment?.config.model, "gpt-4o-mini");
 * ```
 *
 * @typeParam Flags The flags, as TypeScript reads them where the client is
 * made: their names, their variants' names and their configs are typed, and
 * another flag's name does not compile. Flags that are declared elsewhere keep
 * their types with `as const`.
 */
export class Modelab<const Flags extends readonly Flag[] = readonly Flag[]> {
  readonly #flags: FlagSet;
  readonly #storage: RecordStorage;
  readonly #recorder: Recorder;
  readonly #report: (report: Report) => void;
  readonly #connection: Connection | null;

  /**
   * Checks the options; opens no connection.
   *
   * @throws {InvalidFlagError} When a flag's definition breaks a rule, or an
   * override names what there is not.
   * @throws {ModelabError} When another option breaks a rule.
   */
  constructor(options: InitOptions<Flags>) {
    const { connection, ...checked } = prepareOptions(options);
    const { onError, onDrop, logger, storage, prices } = options;
    const report = reporter(onError, logger);
    this.#report = report;
    for (const name of checked.unknown) {
      const message = `There is no option ${show(name)}: it does nothing`;
      report({ code: "option_unknown", message, count: 0 });
    }
    this.#connection = connection;
    this.#flags = flagSet(
      checked.flags,
      checked.overrides,
      (message) => report({ code: "flag_setting", message, count: 0 }),
    );
    this.#storage = storage ??
      (connection === null ? localStorage() : httpStorage(
        connection,
        checked.delivery,
        { report, onDrop: guardHandler(onDrop ?? (() => {})) },
      ));
    const clock = createClock();
    this.#recorder = new Recorder(this.#storage, clock, prices, report);
    flagSets.set(this, this.#flags);
  }

  /**
   * Decides which variant a user gets, and records it. Returns at once: the
   * decision needs no server.
   *
   * @returns Null when the user is outside the rollout: use what you would
   * without the experiment. Also null, and reported, without a user id.
   * @throws {FlagNotFoundError} When no such flag was given to the client.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{
   *     name: "tone",
   *     variants: [{ name: "formal", config: { temperature: 0.2 } }],
   *   }],
   * });
   * const assignment = modelab.assign("tone", { userId: "user_123" });
   * const temperature: number = assignment?.config.temperature ?? 1;
   * ```
   */
  assign<Name extends FlagName<Flags>>(
    flagName: Name,
    context: EvalContext,
  ):
    | Assignment<ConfigOf<Flags, Name>, VariantName<Flags, Name>>
    | null {
    const decided = this.#decide(flagName, context);
    if (decided === null) return null;
    const { choice, userId } = decided;
    const recorder = this.#recorder;
    const decision = recorder.assignment(choice, userId, context);
    return new Assignment(decision, context, recorder);
  }

  /**
   * Says which variant a user gets, and records nothing: the user is not
   * counted. For what must know the variant, and does not show it to the user.
   *
   * @returns Null when the user is outside the rollout. Also null, and
   * reported, without a user id.
   * @throws {FlagNotFoundError} When no such flag was given to the client.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   * import assert from "node:assert/strict";
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
   * });
   * assert.equal(modelab.peek("tone", { userId: "u" })?.variantName, "formal");
   * ```
   */
  peek<Name extends FlagName<Flags>>(
    flagName: Name,
    context: EvalContext,
  ): PeekResult<ConfigOf<Flags, Name>, VariantName<Flags, Name>> | null {
    const decided = this.#decide(flagName, context);
    if (decided === null) return null;
    const { variant, overridden } = decided.choice;
    return {
      flagName: variant.flagName,
      // The types were read from the same flags that these were taken from.
      variantName: variant.name as VariantName<Flags, Name>,
      config: { ...variant.config } as ConfigOf<Flags, Name>,
      overridden,
    };
  }

  /**
   * Gives one variant of a flag to everybody from now on, also to those
   * outside the rollout. Such assignments are marked, and no figure counts
   * them. For tests, and for looking at a variant.
   *
   * @param variantName Null lets the users decide again.
   * @throws {FlagNotFoundError} When no such flag was given to the client.
   * @throws {InvalidFlagError} When the flag has no such variant.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   * import assert from "node:assert/strict";
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
   * });
   * modelab.override("tone", "b");
   * const assignment = modelab.assign("tone", { userId: "u" });
   * assert.equal(assignment?.variantName, "b");
   * assert.equal(assignment?.overridden, true);
   * ```
   */
  override<Name extends FlagName<Flags>>(
    flagName: Name,
    variantName: VariantName<Flags, Name> | null,
  ): void {
    this.#flags.find(flagName).force(variantName);
  }

  /**
   * Says later, or in another process, what came of an assignment: its id is
   * enough. Makes no request, and records nothing by itself.
   *
   * @param assignmentId What `assignment.assignmentId` was. An id that the
   * server does not know waits there for its assignment, and counts nowhere.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
   * });
   * const id = modelab.assign("tone", { userId: "u" })?.assignmentId ?? "";
   * // Later, when the user has a word:
   * modelab.resume(id).markSuccess({ stars: 5 });
   * ```
   */
  resume(assignmentId: string): ResumedAssignment {
    return resumeAssignment(this.#recorder, assignmentId);
  }

  /**
   * Asks the server how the variants of a flag do, after sending what waits.
   *
   * @returns Null when the server has no assignment of the flag, or cannot be
   * asked; which of the two is reported to `onError`. It does not reject for
   * that: Python's client raises there.
   * @throws {FlagNotFoundError} When no such flag was given to the client.
   *
   * @example
   * ```ts
   * import { Modelab } from "./modelab.ts";
   *
   * const modelab = new Modelab({
   *   server: null,
   *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
   *   onError: (report) => console.log(report.code),
   * });
   * for (const variant of (await modelab.evaluate("tone"))?.variants ?? []) {
   *   console.log(variant.variant_name, variant.success_rate);
   * }
   * ```
   */
  async evaluate(flagName: FlagName<Flags>): Promise<FlagEvaluation | null> {
    this.#flags.find(flagName);
    await this.flush();
    return await evaluateFlag(this.#connection, flagName, this.#report);
  }

  /**
   * Sends what waits.
   *
   * @returns A promise that never rejects. It resolves when every record made
   * before the call is settled; or when time is up, or three attempts failed:
   * the records then stay queued, and `stats()` says how many.
   */
  flush(): Promise<void> {
    return this.#storage.flush();
  }

  /**
   * Sends what waits, then stops: what is left is dropped, and so is whatever
   * is recorded later. Decisions go on.
   *
   * @returns A promise that never rejects.
   */
  shutdown(): Promise<void> {
    return this.#storage.shutdown();
  }

  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Where the records stand. */
  stats(): ClientStats {
    const { altered, usageUnknown } = this.#recorder;
    return { ...this.#storage.stats(), altered, usageUnknown };
  }

  /** The user and what they get, or null outside the rollout. */
  #decide(
    flagName: string,
    context: unknown,
  ): { readonly choice: Choice; readonly userId: string } | null {
    const flag = this.#flags.find(flagName);
    const { userId, got } = readUserId(context);
    if (userId === null) {
      this.#report({
        code: "invalid_context",
        message: `Cannot assign flag ${JSON.stringify(flagName)}: ` +
          `userId must be text, got ${got}`,
        count: 1,
      });
      return null;
    }
    const choice = flag.choose(userId);
    return choice === null ? null : { choice, userId };
  }
}
