import type { VariantEvaluation } from "../engine/evaluation.ts";

/** The names of all custom events that any variant has seen, each once, sorted. */
export function customEventNames(
  variants: readonly VariantEvaluation[],
): string[] {
  const names = variants.flatMap((variant) =>
    Object.keys(variant.custom_events)
  );
  return [...new Set(names)].sort();
}
