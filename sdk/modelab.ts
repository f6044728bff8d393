import { assignVariant } from "../engine/assign.ts";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import { type PreparedFlag, prepareFlag } from "../engine/flag.ts";
import { flagWarnings } from "../engine/flag_warnings.ts";
import type { JsonObject } from "../engine/records.ts";
import type { Connection } from "../storage/http/connection.ts";
import { HttpStorage } from "../storage/http/http_storage.ts";
import { readEvaluation } from "../storage/http/read_evaluation.ts";
import type { RecordStorage } from "../storage/http/record_storage.ts";
import {
  consoleHandler,
  guardHandler,
  type Report,
} from "../storage/http/report.ts";
import type { DeliveryStats } from "../storage/http/stats.ts";
import { Assignment } from "./assignment.ts";
import { createClock } from "./clock.ts";
import { FlagNotFoundError } from "./errors.ts";
import type { EvalContext } from "./eval_context.ts";
import { FieldReader } from "./field_reader.ts";
import { type InitOptions, prepareOptions } from "./init_options.ts";
import { LocalStorage } from "./local_storage.ts";
import { Recorder } from "./recorder.ts";
import { safeJson } from "./safe_json.ts";

/** Where the records of a client stand. */
export interface ClientStats extends DeliveryStats {
  /** Records of which something was replaced, cut or left out. */
  readonly altered: number;
}

interface RegisteredFlag {
  readonly flag: PreparedFlag;
  /** Each variant's config as JSON, made once. */
  readonly configJson: ReadonlyMap<object, string>;
}

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
 * assert.equal(assignment?.config["model"], "gpt-4o-mini");
 * ```
 */
export class Modelab {
  readonly #flags = new Map<string, RegisteredFlag>();
  readonly #connection: Connection | null;
  readonly #storage: RecordStorage;
  readonly #recorder: Recorder;
  readonly #report: (report: Report) => void;

  /**
   * Checks the options; opens no connection.
   *
   * @throws {InvalidFlagError} When a flag's definition breaks a rule.
   * @throws {ModelabError} When another option does.
   */
  constructor(options: InitOptions) {
    const { flags, connection, delivery } = prepareOptions(options);
    this.#report = guardHandler(options.onError ?? consoleHandler());
    for (const flag of flags) this.#register(prepareFlag(flag));
    this.#connection = connection;
    this.#storage = connection === null
      ? new LocalStorage()
      : new HttpStorage(connection, delivery, this.#report);
    this.#recorder = new Recorder(this.#storage, createClock(), this.#report);
  }

  /**
   * Decides which variant a user gets, and records it. Returns at once: the
   * decision needs no server.
   *
   * @typeParam Config The shape of the flag's configs, which is not checked.
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
   * const assignment = modelab.assign<{ temperature: number }>("tone", {
   *   userId: "user_123",
   * });
   * const temperature: number = assignment?.config.temperature ?? 1;
   * ```
   */
  assign<Config extends JsonObject = JsonObject>(
    flagName: string,
    context: EvalContext,
  ): Assignment<Config> | null {
    const { flag, configJson } = this.#find(flagName);
    const userId = this.#readUserId(flagName, context);
    if (userId === null) return null;
    const variant = assignVariant(flag, userId);
    if (variant === null) return null;
    const recorder = this.#recorder;
    const hints = recorder.assignment(
      flag.name,
      variant.name,
      userId,
      context,
      configJson.get(variant) ?? "{}",
    );
    return new Assignment({
      flagName: flag.name,
      variantName: variant.name,
      // The caller's word for the shape: no guard can know it.
      config: { ...variant.config } as Config,
      context,
      assignmentId: hints.assignment_id,
      sink: {
        execution: (response, details) =>
          recorder.execution(hints, response, details),
        event: (type, name, payload, value) =>
          recorder.event(hints, type, name, payload, value),
      },
    });
  }

  /**
   * Asks the server how the variants of a flag do, after sending what waits.
   *
   * @returns Null when the server has no assignment of the flag, or cannot
   * be asked; which of the two is reported.
   * @throws {FlagNotFoundError} When no such flag was given to the client.
   */
  async evaluate(flagName: string): Promise<FlagEvaluation | null> {
    this.#find(flagName);
    await this.flush();
    const outcome = this.#connection === null
      ? { type: "failed" as const, message: "the client has no server" }
      : await readEvaluation(this.#connection, flagName);
    if (outcome.type === "found") return outcome.evaluation;
    const flag = JSON.stringify(flagName);
    this.#report({
      code: outcome.type === "empty" ? "evaluation_empty" : "evaluation_failed",
      message: outcome.type === "empty"
        ? `The server knows no assignment of flag ${flag}`
        : `Cannot evaluate flag ${flag}: ${outcome.message}`,
      count: 0,
      ...("cause" in outcome && { cause: outcome.cause }),
    });
    return null;
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

  /** Where the records stand. */
  stats(): ClientStats {
    return { ...this.#storage.stats(), altered: this.#recorder.altered };
  }

  #register(flag: PreparedFlag): void {
    const warnings = flagWarnings(flag);
    if (this.#flags.has(flag.name)) {
      warnings.push(
        `Flag ${JSON.stringify(flag.name)} is defined more than once; ` +
          "the last definition counts",
      );
    }
    const configJson = new Map<object, string>();
    for (const variant of flag.variants) {
      const { json, altered } = safeJson(variant.config);
      configJson.set(variant, json);
      if (altered) {
        warnings.push(
          `Flag ${JSON.stringify(flag.name)}: the config of variant ` +
            `${JSON.stringify(variant.name)} cannot be sent as it is; ` +
            "your code gets it whole, the server gets what JSON of 32 KiB holds",
        );
      }
    }
    this.#flags.set(flag.name, { flag, configJson });
    for (const message of warnings) {
      this.#report({ code: "flag_setting", message, count: 0 });
    }
  }

  #find(flagName: string): RegisteredFlag {
    const registered = this.#flags.get(flagName);
    if (registered === undefined) throw new FlagNotFoundError(flagName);
    return registered;
  }

  /** The user id, or null when there is none: JavaScript callers may err. */
  #readUserId(flagName: string, context: unknown): string | null {
    const userId = new FieldReader().read(context, "userId");
    if (typeof userId === "string") return userId;
    // As Python's f"{flag}:{user}" reads them.
    if (typeof userId === "bigint" || Number.isSafeInteger(userId)) {
      return String(userId);
    }
    this.#report({
      code: "invalid_context",
      message: `Cannot assign flag ${JSON.stringify(flagName)}: ` +
        `userId must be text, got ${userId === null ? "null" : typeof userId}`,
      count: 1,
    });
    return null;
  }
}
