import type { FlagSetup } from "../../engine/records.ts";
import { invalid, valid } from "./field.ts";
import type { Field } from "./field.ts";
import { isObject, name, optional } from "./fields.ts";
import { LIMITS } from "./limits.ts";

const REQUIREMENT =
  `{"rollout_pct": a number from 0 to 100, "variants": [[name, weight], …]} with 1 to ${LIMITS.setupVariants} variants, their weights integers from 0 to ${LIMITS.weight}, or null`;

/** A flag's settings, as an assignment carries them. */
export function flagSetup(description: string): Field<FlagSetup | null> {
  return optional<FlagSetup | null>({
    schema: {
      type: ["object", "null"],
      description,
      required: ["rollout_pct", "variants"],
      properties: {
        rollout_pct: { type: "number", minimum: 0, maximum: 100 },
        variants: {
          type: "array",
          minItems: 1,
          maxItems: LIMITS.setupVariants,
          items: {
            type: "array",
            minItems: 2,
            maxItems: 2,
            prefixItems: [
              { type: "string", minLength: 1, maxLength: LIMITS.nameBytes },
              { type: "integer", minimum: 0, maximum: LIMITS.weight },
            ],
          },
        },
      },
    },
    initial: null,
    check(value) {
      const setup = readSetup(value);
      return setup === null ? invalid(REQUIREMENT, value) : valid(setup);
    },
  });
}

function readSetup(value: unknown): FlagSetup | null {
  if (!isObject(value)) return null;
  const { rollout_pct: rollout, variants } = value;
  if (typeof rollout !== "number" || !(rollout >= 0 && rollout <= 100)) {
    return null;
  }
  if (!Array.isArray(variants) || variants.length === 0) return null;
  if (variants.length > LIMITS.setupVariants) return null;
  const read: (readonly [string, number])[] = [];
  for (const pair of variants) {
    const variant = readVariant(pair);
    if (variant === null) return null;
    read.push(variant);
  }
  return { rollout_pct: rollout, variants: read };
}

function readVariant(value: unknown): readonly [string, number] | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [variant, weight]: unknown[] = value;
  const checked = name("").check(variant);
  const isWeight = typeof weight === "number" && Number.isInteger(weight) &&
    weight >= 0 && weight <= LIMITS.weight;
  return checked.ok && isWeight ? [checked.value, weight] : null;
}
