import type { FlagSetup } from "../../engine/records.ts";
import { described, invalid, valid } from "./field.ts";
import type { Checked, Field } from "./field.ts";
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
    check: readSetup,
  });
}

function readSetup(value: unknown): Checked<FlagSetup> {
  if (!isObject(value)) return invalid(REQUIREMENT, value);
  const { rollout_pct: rollout, variants } = value;
  if (typeof rollout !== "number" || !(rollout >= 0 && rollout <= 100)) {
    return without("rollout_pct is a number from 0 to 100", described(rollout));
  }
  const most = LIMITS.setupVariants;
  if (
    !Array.isArray(variants) || variants.length === 0 || variants.length > most
  ) {
    return without(
      `variants is a list of 1 to ${most} pairs [name, weight]`,
      Array.isArray(variants) ? `${variants.length}` : described(variants),
    );
  }
  const read: (readonly [string, number])[] = [];
  for (const [index, pair] of variants.entries()) {
    const [variant, weight]: unknown[] = Array.isArray(pair) ? pair : [];
    const checked = name("").check(variant);
    const isWeight = typeof weight === "number" && Number.isInteger(weight) &&
      weight >= 0 && weight <= LIMITS.weight;
    if (!checked.ok || !isWeight || pair.length !== 2) {
      return without(
        `variants[${index}] is a pair of a name of 1 to ${LIMITS.nameBytes} ` +
          `bytes and an integer from 0 to ${LIMITS.weight}`,
        Array.isArray(pair)
          ? `[${pair.slice(0, 3).map(described).join(", ")}]`
          : described(pair),
      );
    }
    read.push([checked.value, weight]);
  }
  return valid({ rollout_pct: rollout, variants: read });
}

/** A fault of a part. */
function without(requirement: string, got: string): Checked<never> {
  const message = `must be an object whose ${requirement}, got ${got}`;
  return { ok: false, message };
}
