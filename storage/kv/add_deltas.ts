import { encodeBlocks } from "./block.ts";
import type { ByteWriter } from "./bytes.ts";
import type { Segment } from "./flag_counters.ts";
import { deltaKey, flagKey, newNonce } from "./keys.ts";

const NO_BYTES = new Uint8Array(0);

/**
 * Adds to the counters of a flag, and says so in the flag's row. Whatever
 * writes counters does it here, so that the row is as new as the newest of
 * them: who knows the row's version knows that nothing has changed since.
 *
 * @param writer Whose buffer the deltas are to be in.
 */
export function addDeltas(
  atomic: Deno.AtomicOperation,
  flag: string,
  segments: Iterable<Segment>,
  writer?: ByteWriter,
): void {
  for (const block of encodeBlocks(segments, writer)) {
    atomic.set(deltaKey(flag, newNonce()), block);
  }
  atomic.set(flagKey(flag), NO_BYTES);
}
