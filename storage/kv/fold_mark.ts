import { ByteReader, ByteWriter } from "./bytes.ts";
import { bytesOf } from "./workspace.ts";

/** What a flag's `as_of` row says. */
export interface FoldMark {
  /** Changes with every fold; null before the first. */
  readonly versionstamp: string | null;
  /** How many folds have changed sketches. */
  readonly sketches: number;
}

export const NEVER_FOLDED: FoldMark = { versionstamp: null, sketches: 0 };

export function decodeFoldMark(entry: Deno.KvEntryMaybe<unknown>): FoldMark {
  if (entry.versionstamp === null) return NEVER_FOLDED;
  const sketches = new ByteReader(bytesOf(entry)).unsigned();
  return { versionstamp: entry.versionstamp, sketches };
}

export function encodeFoldMark(
  { sketches }: Pick<FoldMark, "sketches">,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.unsigned(sketches);
  return writer.finish();
}
