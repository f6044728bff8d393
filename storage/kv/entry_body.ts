import { createHash } from "node:crypto";
import { canonicalJson } from "../../engine/canonical_json.ts";

/** What many assignments have in common: a config, or a flag's settings. */
export interface Body {
  /** As it is stored. */
  readonly json: string;
  /** Names it. */
  readonly hash: string;
}

/** Bodies come again and again: to look takes less than to sort and to hash. */
const bodies = new Map<string, Body>();
const MAX_BODIES = 1000;
/** Longer ones are not kept. */
const MAX_LENGTH = 4096;

/** @param value JSON. */
export function bodyOf(value: unknown): Body {
  const text = JSON.stringify(value);
  const known = bodies.get(text);
  if (known !== undefined) return known;
  const json = canonicalJson(value);
  const hash = createHash("sha256").update(json).digest("base64url");
  const body = { json, hash: hash.slice(0, 22) };
  if (bodies.size >= MAX_BODIES) bodies.clear();
  if (text.length <= MAX_LENGTH) bodies.set(text, body);
  return body;
}
