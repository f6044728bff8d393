import { isObject, isRecord } from "../demand.ts";
import { readProperty } from "../read_property.ts";
import { type Path, type Paths, TOKEN_PATHS } from "./token_paths.ts";
import type { TokenUsage } from "./token_usage.ts";

type Counts = Record<string, unknown>;

/**
 * Where responses hold their counts. The AI SDK's `totalUsage` is over all
 * steps, its `usage` over the last one. LangChain's are the last.
 */
const HOLDERS = ["totalUsage", "usage", "usageMetadata", "usage_metadata"];

/**
 * Where the part of a stream, or an answer with its HTTP response, holds what
 * else would be the response: the AI SDK, Mistral, OpenAI's responses,
 * Anthropic, Cohere and Bedrock, in this order.
 */
const WRAPPERS = ["part", "data", "response", "message", "delta", "metadata"];

const MODELS = [
  "model",
  "modelVersion",
  "modelId",
  "response.modelId",
  "response_metadata.model_name",
  "response_metadata.model",
].map((path) => path.split("."));

/**
 * Gathers the token usage of one call from its response, or from the parts of
 * its stream in the order in which they come. Never throws.
 *
 * What a later part says replaces what an earlier one said, field by field,
 * since providers send sums so far. LangChain's parts are to be added up, and
 * so are the answers that `next()` parts.
 *
 * @example
 * ```ts
 * import { UsageReader } from "./usage_reader.ts";
 * import assert from "node:assert/strict";
 *
 * const reader = new UsageReader();
 * reader.add({ message: { usage: { input_tokens: 7, output_tokens: 1 } } });
 * reader.add({ usage: { output_tokens: 9 } });
 * assert.equal(reader.read().inputTokens, 7);
 * assert.equal(reader.read().outputTokens, 9);
 * ```
 */
export class UsageReader {
  /** What was taken last. */
  last: unknown = null;
  #holder = "";
  #counts: Counts = {};
  /** Of the answers before this one. */
  #before: Counts = {};
  #model: string | null = null;

  /** Takes a response, or a part of one. */
  add(value: unknown): void {
    this.last = value;
    try {
      if (this.#take(value)) return;
      for (const name of WRAPPERS) {
        if (this.#take(readProperty(value, name))) return;
      }
    } catch {
      // A getter threw: what it holds stays unknown.
    }
  }

  /** What comes now is of a further answer, whose counts are to be added. */
  next(): void {
    merge(this.#before, this.#counts, true);
    this.#counts = {};
  }

  /** What is known so far. */
  read(): TokenUsage {
    const counts: Counts = {};
    merge(counts, this.#before, true);
    merge(counts, this.#counts, true);
    const count = (name: keyof typeof TOKEN_PATHS): number | null =>
      firstCount(counts, TOKEN_PATHS[name]);
    let [inputTokens = null, outputTokens = null] = totals(counts);
    const reasoningTokens = count("reasoningTokens");
    // xAI has reasoning beside the output, as its total tells.
    if (
      inputTokens !== null && outputTokens !== null &&
      reasoningTokens !== null && counts["total_tokens"] ===
        inputTokens + outputTokens + reasoningTokens
    ) outputTokens += reasoningTokens;
    const cacheReadTokens = count("cacheReadTokens");
    // They are read, too: an input that is less leaves them out, as version 5
    // of the AI SDK does for Anthropic.
    if (inputTokens !== null && (cacheReadTokens ?? 0) > inputTokens) {
      inputTokens += cacheReadTokens ?? 0;
    }
    const { cost } = counts;
    return {
      inputTokens,
      outputTokens,
      cacheReadTokens,
      cacheWriteTokens: count("cacheWriteTokens"),
      cacheWrite1hTokens: count("cacheWrite1hTokens"),
      reasoningTokens,
      responseModel: this.#model,
      cost: typeof cost === "number" && cost >= 0 && cost < Infinity
        ? cost
        : null,
    };
  }

  /** Takes what one object says; true when it held counts. */
  #take(value: unknown): boolean {
    if (!isObject(value)) return false;
    for (const path of MODELS) {
      const model = at(value, path);
      if (typeof model !== "string" || model === "") continue;
      this.#model = model;
      break;
    }
    for (const holder of HOLDERS) {
      const counts = readProperty(value, holder);
      if (isRecord(counts) && totals(counts).length > 0) {
        this.#merge(holder, counts);
        return true;
      }
    }
    // Ollama's stand beside the answer itself.
    const prompt_eval_count = asCount(readProperty(value, "prompt_eval_count"));
    const eval_count = asCount(readProperty(value, "eval_count"));
    if ((prompt_eval_count ?? eval_count) === null) return false;
    this.#merge("", { prompt_eval_count, eval_count });
    return true;
  }

  #merge(holder: string, counts: object): void {
    if (holder !== this.#holder) this.#counts = {};
    this.#holder = holder;
    merge(this.#counts, counts, holder === "usage_metadata");
  }
}

/** Lays what is not null over what is there, or adds numbers up. */
function merge(counts: Counts, more: object, add: boolean): void {
  for (const [name, value] of Object.entries(more)) {
    if (value === null || value === undefined) continue;
    const before = counts[name];
    if (typeof value === "object") {
      const inner: Counts = isRecord(before) ? { ...before } : {};
      merge(inner, value, add);
      counts[name] = inner;
    } else {
      counts[name] = add && typeof before === "number"
        ? before + Number(value)
        : value;
    }
  }
}

/** Input and output, of the first family of names that has one of them. */
function totals(counts: Counts): (number | null)[] {
  const { inputTokens, outputTokens } = TOKEN_PATHS;
  for (const family of inputTokens.keys()) {
    const input = sumOf(counts, inputTokens[family]);
    const output = sumOf(counts, outputTokens[family]);
    if ((input ?? output) !== null) return [input, output];
  }
  return [];
}

/** The first alternative that leads to a count, with what belongs to it. */
function firstCount(counts: Counts, paths: Paths): number | null {
  for (const path of paths) {
    const count = sumOf(counts, path);
    if (count !== null) return count;
  }
  return null;
}

/** A count with what is added to it. */
function sumOf(counts: Counts, paths: readonly Path[] = []): number | null {
  let sum: number | null = null;
  for (const path of paths) {
    const count = asCount(at(counts, path));
    if (count === null && sum === null) return null;
    sum = (sum ?? 0) + (count ?? 0);
  }
  return sum;
}

/** What a path leads to. */
function at(value: unknown, path: Path): unknown {
  for (const name of path) value = readProperty(value, name);
  return value;
}

function asCount(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}
