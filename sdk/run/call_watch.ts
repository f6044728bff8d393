import { readProperty } from "../../engine/read_property.ts";
import { UsageReader } from "../../engine/usage/usage_reader.ts";
import type { ExecutionDetails } from "../execution_details.ts";
import { isToken } from "./first_token.ts";

/** Takes how a call went; must not throw. */
export type CallReport = (
  usage: UsageReader,
  details: ExecutionDetails,
) => void;

/**
 * Follows one LLM call from its start to its end, and reports it once. No
 * method throws.
 */
export class CallWatch {
  readonly #report: CallReport;
  readonly #usage = new UsageReader();
  readonly #start = performance.now();
  #ttftMs: number | null = null;
  #error: unknown = null;
  #aborted = false;
  #settled = false;

  constructor(report: CallReport) {
    this.#report = report;
  }

  /** Whether the call has ended. */
  get settled(): boolean {
    return this.#settled;
  }

  /** The call gave a value that is no stream. */
  respond(value: unknown): void {
    this.#usage.add(value);
    this.#error = messageOf(readProperty(value, "error"));
    // A bare fetch() does not throw for a status of 4xx or 5xx.
    if (readProperty(value, "ok") === false) {
      this.#error ??= `status ${readProperty(value, "status")}`;
    }
    this.end();
  }

  /** A part of the stream came. */
  chunk(value: unknown): void {
    if (this.#settled) return;
    if (this.#ttftMs === null && isToken(value)) {
      this.#ttftMs = performance.now() - this.#start;
    }
    this.#usage.add(value);
    const part = readProperty(value, "part") ?? value;
    const type = readProperty(part, "type");
    // The AI SDK's streams say so in a part of theirs, OpenAI's responses, too.
    if (type === "abort") this.#aborted = true;
    if (type === "error") {
      this.#error = readProperty(part, "error") ??
        readProperty(part, "message");
    } else if (type === "response.failed") {
      this.#error = readProperty(readProperty(part, "response"), "error");
    }
  }

  /** An answer is whole, and another one follows: an agent's next step. */
  next(): void {
    this.#usage.next();
  }

  /** The call ended by itself. */
  end(): void {
    if (this.#settled) return;
    this.#settled = true;
    const elapsed = performance.now() - this.#start;
    this.#report(this.#usage, {
      // The time until somebody left says nothing about the model.
      latencyMs: this.#aborted ? null : elapsed,
      ttftMs: this.#ttftMs,
      // Nor is it an error; which providers' streams throw, others' just end.
      error: this.#aborted ? null : messageOf(this.#error) ?? this.#error,
      aborted: this.#aborted,
    });
  }

  /** The call threw, or its stream did. */
  fail(error: unknown): void {
    this.#error = error ?? "unknown error";
    if (isAbort(error)) this.#aborted = true;
    this.end();
  }

  /** The caller read no further. */
  abort(): void {
    if (this.#settled) return;
    this.#aborted = true;
    this.end();
  }
}

/** The message of an error that is plain data; null for all else. */
function messageOf(error: unknown): string | null {
  const message = error instanceof Error
    ? null
    : readProperty(error, "message");
  return typeof message === "string" ? message : null;
}

function isAbort(error: unknown): boolean {
  // Anthropic's and OpenAI's own abort errors are told by their class alone.
  const names = [
    readProperty(error, "name"),
    readProperty(readProperty(error, "constructor"), "name"),
  ];
  return names.includes("AbortError") || names.includes("APIUserAbortError");
}
