/** The bounds of numbers that are all as likely. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** How a model of the stand-in behaves, and what its provider charges. */
export interface Model {
  /** The part of the calls that fail. */
  readonly errorRate: number;
  readonly medianLatencyMs: number;
  /** How far latencies lie apart: the deviation of their logarithms. */
  readonly latencySigma: number;
  readonly promptTokens: Range;
  /** Of the prompt, those that come from the provider's cache. */
  readonly cachedTokens: number;
  readonly completionTokens: Range;
  /** US dollars for a million tokens. */
  readonly price: {
    readonly input: number;
    readonly cachedInput: number;
    readonly output: number;
  };
}

/** The models that the stand-in offers. They are made up. */
export const MODELS = {
  "reply-small": {
    errorRate: 0.06,
    medianLatencyMs: 1400,
    latencySigma: 0.5,
    promptTokens: { least: 220, most: 300 },
    cachedTokens: 0,
    completionTokens: { least: 80, most: 160 },
    price: { input: 0.4, cachedInput: 0.1, output: 1.6 },
  },
  "reply-large": {
    errorRate: 0.02,
    medianLatencyMs: 900,
    latencySigma: 0.35,
    promptTokens: { least: 1220, most: 1300 },
    cachedTokens: 1024,
    completionTokens: { least: 120, most: 240 },
    price: { input: 1, cachedInput: 0.25, output: 4 },
  },
} as const satisfies { readonly [name: string]: Model };

/** The name of a model. */
export type ModelName = keyof typeof MODELS;

/** Whether a text names a model. */
export function isModelName(text: unknown): text is ModelName {
  return typeof text === "string" && Object.hasOwn(MODELS, text);
}
