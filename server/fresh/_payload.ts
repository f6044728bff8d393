import type { SerializedValue } from "./_serialized.ts";

/** The id of the element that holds a page's payload. */
export const PAYLOAD_ID = "__FRSH_PAYLOAD";

/** Where a page asks whether the server that rendered it still runs. */
export const ALIVE_PATH = "/_frsh/alive";

/** What a page tells the browser about its islands. */
export interface PagePayload {
  /** The id of the build that rendered the page. */
  readonly buildId: string;
  /** Each island's script and the name of its component there. */
  readonly islands: readonly (readonly [script: string, exportName: string])[];
  /** For each marked island, its place in `islands`. */
  readonly roots: readonly number[];
  /** For each marked island, its props: an array, serialised as one value. */
  readonly props: readonly SerializedValue[];
}

/**
 * The id of the template that holds a slot which no island rendered yet.
 *
 * @param slot the slot's number on its page
 */
export function templateId(slot: number): string {
  return `frsh-slot-${slot}`;
}
