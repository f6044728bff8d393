import { addDeltas } from "./add_deltas.ts";
import { addBlock, addToFields, encodeFields } from "./block.ts";
import { decodeFoldMark, encodeFoldMark } from "./fold_mark.ts";
import type { FoldMark } from "./fold_mark.ts";
import { FlagCounters } from "./flag_counters.ts";
import type { Fields, Segment } from "./flag_counters.ts";
import { keyBytes } from "./key_bytes.ts";
import { deltaPrefix, foldKey } from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import { chunkOf, segmentKey } from "./segment_keys.ts";
import { nextTurn } from "./turn.ts";
import { bytesOf, getAll } from "./workspace.ts";

/** Deltas that one fold gathers at most, and their bytes. */
const MAX_DELTAS = 200;
const MAX_DELTA_BYTES = 300_000;
/**
 * Cells of sketches lie far apart: they stay in a delta until so many have
 * come together that writing their rows pays.
 */
export const MIN_CELLS = 5000;
const KEY_BYTES = 64;
/** What is done without a pause: it takes a millisecond at most. */
const DELTAS_PER_TURN = 8;
const ROWS_PER_TURN = 16;

/** What a fold has done. */
export interface Fold {
  readonly flag: string;
  /** The versionstamp of the mark that it has changed. */
  readonly before: string | null;
  readonly mark: FoldMark;
  /** What it has gathered: all of it is in rows now, or in deltas of the fold. */
  readonly deltas: readonly FoldedDelta[];
}

/** A delta that a fold has gathered. */
interface FoldedDelta {
  readonly key: Deno.KvKey;
  readonly versionstamp: string;
  readonly block: Uint8Array;
}

/** A row of folded counters that is to change. */
interface RowChange {
  readonly key: Deno.KvKey;
  readonly segment: Segment;
  /** Bytes of its key, at most. */
  readonly keyBytes: number;
}

/**
 * Gathers the deltas of a flag into its rows, in one commit. What does not pay
 * yet, or does not fit, is written back as a delta.
 *
 * Every fold changes the flag's `fold` row and checks it, so that of two folds
 * one fails; deltas are never changed, so they need no checks.
 *
 * @param minCells Cells of sketches that come together before they are folded.
 * @param told Hears of the fold once it is durable.
 * @returns Deltas gathered; 0 when there was none or another fold was faster.
 */
export async function foldFlag(
  kv: Deno.Kv,
  flag: string,
  limits: CommitLimits,
  minCells: number = MIN_CELLS,
  told?: (fold: Fold) => void,
): Promise<number> {
  const lock = await kv.get(foldKey(flag));
  // Half of the keys that fit are left for what they change.
  const most = Math.floor(limits.keyBytes / 2 / (keyBytes(flag) + KEY_BYTES));
  const deltas = await readDeltas(kv, flag, Math.min(MAX_DELTAS, most));
  if (deltas.length === 0) return 0;
  const pending = new FlagCounters();
  for (const [index, { block }] of deltas.entries()) {
    if (index % DELTAS_PER_TURN === 0) await nextTurn();
    addBlock(pending, block);
  }
  await nextTurn();
  const room = { deltas: deltas.length, limits, minCells };
  const { changes, rest } = planOf(flag, pending, room);
  const rows = await getAll(kv, changes.map(({ key }) => key));
  const atomic = kv.atomic().check(lock);
  let { sketches } = decodeFoldMark(lock);
  if (changes.some(({ segment }) => segment.kind === "sketch")) sketches++;
  atomic.set(lock.key, encodeFoldMark({ sketches }));
  let bytes = 0;
  for (const [index, change] of changes.entries()) {
    if (index % ROWS_PER_TURN === 0) await nextTurn();
    const { key, segment } = change;
    const row = rows[index];
    const value = row === undefined || row.versionstamp === null
      ? encodeFields(segment.fields)
      : addToFields(bytesOf(row), segment);
    if (
      bytes + value.length + change.keyBytes * 2 >
        limits.bytes - MAX_DELTA_BYTES
    ) {
      rest.add(segment);
      continue;
    }
    bytes += value.length + change.keyBytes * 2;
    // One byte says that there are no fields: all has been taken back.
    if (value.length === 1) atomic.delete(key);
    else atomic.set(key, value);
  }
  await nextTurn();
  for (const { key } of deltas) atomic.delete(key);
  addDeltas(atomic, flag, rest.segments());
  const end = await atomic.commit();
  if (!end.ok) return 0;
  const mark = { versionstamp: end.versionstamp, sketches };
  told?.({ flag, before: lock.versionstamp, mark, deltas });
  return deltas.length;
}

async function readDeltas(
  kv: Deno.Kv,
  flag: string,
  most: number,
): Promise<FoldedDelta[]> {
  const deltas: FoldedDelta[] = [];
  let bytes = 0;
  const list = kv.list({ prefix: deltaPrefix(flag) }, {
    limit: most,
    batchSize: most,
  });
  for await (const entry of list) {
    const block = bytesOf(entry);
    bytes += block.length;
    if (bytes > MAX_DELTA_BYTES && deltas.length > 0) break;
    const { key, versionstamp } = entry;
    deltas.push({ key, versionstamp, block });
  }
  return deltas;
}

/** Which rows to change, and what to leave for another time. */
function planOf(
  flag: string,
  pending: FlagCounters,
  { deltas, limits, minCells }: {
    readonly deltas: number;
    readonly limits: CommitLimits;
    readonly minCells: number;
  },
): { changes: RowChange[]; rest: FlagCounters } {
  const rest = new FlagCounters();
  const changes: RowChange[] = [];
  let keys = deltas * (keyBytes(flag) + KEY_BYTES);
  let mutations = deltas + 20;
  const sketches = [...pending.of("sketch").values()]
    .flatMap((parts) => [...parts.values()]);
  const cells = sketches.reduce((sum, { fields }) => sum + fields.size, 0);
  for (const segment of pending.segments()) {
    const { kind, variant, part } = segment;
    if (kind === "sketch" && cells < minCells) {
      rest.add(segment);
      continue;
    }
    const bytes = keyBytes(flag) + keyBytes(variant) + keyBytes(part) +
      KEY_BYTES;
    for (const [chunk, fields] of chunksOf(segment)) {
      const piece = { kind, variant, part, fields };
      const fits = ++mutations <= limits.mutations &&
        (keys += bytes) <= limits.keyBytes;
      if (!fits) rest.add(piece);
      else {
        changes.push({
          key: segmentKey(flag, segment, chunk),
          segment: piece,
          keyBytes: bytes,
        });
      }
    }
  }
  return { changes, rest };
}

/** A segment's fields by the rows that they are in. */
function chunksOf(segment: Segment): Map<number, Fields> {
  const chunks = new Map<number, Fields>();
  for (const [field, amount] of segment.fields) {
    const chunk = chunkOf(segment, field);
    const fields = chunks.get(chunk) ?? new Map();
    chunks.set(chunk, fields);
    fields.set(field, amount);
  }
  return chunks;
}
