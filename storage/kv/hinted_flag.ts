import type { Entry } from "./entry.ts";
import { keyBytes } from "./key_bytes.ts";
import { NO_FLAG } from "./keys.ts";

const LONGEST_NAME = 512;

/** The flag that a record without assignment says it is of. */
export function hintedFlag({ more }: Entry): string {
  const hint = more["flag_name"];
  return typeof hint === "string" && hint.length <= LONGEST_NAME &&
      keyBytes(hint) <= LONGEST_NAME
    ? hint
    : NO_FLAG;
}
