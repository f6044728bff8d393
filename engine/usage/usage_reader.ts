import { readProperty } from "../read_property.ts";
import { aiSdkProvider, inputOutputTokensCamel } from "./ai_sdk.ts";
import { inputOutputTokens } from "./anthropic.ts";
import { cohere, cohereRest } from "./cohere.ts";
import { gemini } from "./google.ts";
import { langChain } from "./langchain.ts";
import { promptCompletionTokens } from "./mistral.ts";
import { ollama } from "./ollama.ts";
import { openAiChat } from "./openai.ts";
import type { TokenUsage } from "./token_usage.ts";
import type { UsageShape } from "./usage_shape.ts";

type Counts = Record<string, unknown>;

/**
 * Under which names responses hold their counts, and the shapes that these may
 * have. As in the Python package, `prompt_tokens` come before `input_tokens`.
 * The AI SDK's `totalUsage` is over all steps, its `usage` over the last one.
 */
const HOLDERS: readonly (readonly [string, readonly UsageShape[]])[] = [
  ["totalUsage", [inputOutputTokensCamel, promptCompletionTokens]],
  ["usage", [
    openAiChat,
    inputOutputTokens,
    inputOutputTokensCamel,
    aiSdkProvider,
    promptCompletionTokens,
    cohere,
    cohereRest,
  ]],
  ["usageMetadata", [gemini]],
  ["usage_metadata", [langChain]],
];

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
];

/**
 * Gathers the token usage of one call from its response, or from the parts of
 * its stream in the order in which they come. Never throws.
 *
 * What a later part says replaces what an earlier one said, field by field,
 * since providers send sums so far. LangChain's parts are to be added up.
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
  #shapes: readonly UsageShape[] = [];
  #counts: Counts = {};
  #model: string | null = null;

  /** Takes a response, or a part of one. */
  add(value: unknown): void {
    this.last = value;
    if (typeof value !== "object" || value === null) return;
    try {
      if (this.#take(value)) return;
      for (const name of WRAPPERS) {
        const inner: unknown = Reflect.get(value, name);
        if (typeof inner === "object" && inner !== null && this.#take(inner)) {
          return;
        }
      }
    } catch {
      // A getter threw: what it holds stays unknown.
    }
  }

  /** What is known so far. */
  read(): TokenUsage {
    const counts = this.#counts;
    const count = (paths: readonly string[] = []): number | null => {
      for (const path of paths) {
        const found = asCount(at(counts, path));
        if (found !== null) return found;
      }
      return null;
    };
    const sum = (path: string, plus: readonly string[] = []): number | null => {
      const start = count([path]);
      return start === null
        ? null
        : plus.reduce((total, more) => total + (count([more]) ?? 0), start);
    };
    const shape = this.#shapes.find(({ input, output }) =>
      count([input, output]) !== null
    );
    const inputTokens = shape ? sum(shape.input, shape.inputPlus) : null;
    const reasoningTokens = count(shape?.reasoning);
    let outputTokens = shape ? sum(shape.output, shape.outputPlus) : null;
    if (
      shape?.total !== undefined && inputTokens !== null &&
      outputTokens !== null && reasoningTokens !== null &&
      at(counts, shape.total) === inputTokens + outputTokens + reasoningTokens
    ) outputTokens += reasoningTokens;
    const cost = at(counts, "cost");
    return {
      inputTokens,
      outputTokens,
      cacheReadTokens: count(shape?.cacheRead),
      cacheWriteTokens: count(shape?.cacheWrite),
      cacheWrite1hTokens: count(shape?.cacheWrite1h),
      reasoningTokens,
      responseModel: this.#model,
      cost: typeof cost === "number" && cost >= 0 && cost < Infinity
        ? cost
        : null,
    };
  }

  /** Takes what one object says; true when it held counts. */
  #take(value: object): boolean {
    for (const path of MODELS) {
      const model = at(value, path);
      if (typeof model !== "string" || model === "") continue;
      this.#model = model;
      break;
    }
    for (const [holder, shapes] of HOLDERS) {
      const counts: unknown = Reflect.get(value, holder);
      if (typeof counts !== "object" || counts === null) continue;
      if (!shapes.some((shape) => fits(counts, shape))) continue;
      this.#merge(holder, shapes, counts);
      return true;
    }
    if (!fits(value, ollama)) return false;
    this.#merge("", [ollama], {
      prompt_eval_count: Reflect.get(value, "prompt_eval_count"),
      eval_count: Reflect.get(value, "eval_count"),
    });
    return true;
  }

  #merge(holder: string, shapes: readonly UsageShape[], counts: object): void {
    if (holder !== this.#holder) this.#counts = {};
    this.#holder = holder;
    this.#shapes = shapes;
    merge(this.#counts, counts, holder === "usage_metadata");
  }
}

/** Lays what is not null over what is there, or adds numbers up. */
function merge(counts: Counts, more: object, add: boolean): void {
  for (const [name, value] of Object.entries(more)) {
    if (value === null || value === undefined) continue;
    const before = counts[name];
    if (typeof value === "object") {
      const inner: Counts = {};
      if (typeof before === "object" && before !== null) {
        merge(inner, before, false);
      }
      merge(inner, value, add);
      counts[name] = inner;
    } else {
      counts[name] = add && typeof before === "number"
        ? before + Number(value)
        : value;
    }
  }
}

function fits(counts: object, { input, output }: UsageShape): boolean {
  return asCount(at(counts, input)) !== null ||
    asCount(at(counts, output)) !== null;
}

/** What a path such as `a.b` leads to. */
function at(value: unknown, path: string): unknown {
  const dot = path.indexOf(".");
  return dot < 0
    ? readProperty(value, path)
    : at(readProperty(value, path.slice(0, dot)), path.slice(dot + 1));
}

function asCount(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}
