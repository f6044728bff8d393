import { createHash, timingSafeEqual } from "node:crypto";

/** Compares keys in a time that says nothing about where they differ. */
export function sameKey(sent: string, key: string): boolean {
  return timingSafeEqual(digestOf(sent), digestOf(key));
}

function digestOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
