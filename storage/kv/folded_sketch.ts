import {
  type Sketch,
  SKETCH_SHARDS,
} from "../../engine/statistics/flag_statistics.ts";
import { ByteReader } from "./bytes.ts";
import { SKETCH_STRIDE } from "./fields.ts";
import type { Fields } from "./flag_counters.ts";

/**
 * One variant's sketch of one metric, as folds have written it: rows that are
 * decoded when somebody asks, since of most sketches nobody does before they
 * change.
 */
export class FoldedSketch {
  #rows: Uint8Array[] = [];
  #sketch: Sketch | null = null;
  #size = 0;

  /** How many cells it has. */
  get size(): number {
    return this.#size;
  }

  /** Adds a row of its own cells: those of higher shards come later. */
  add(row: Uint8Array): void {
    this.#rows.push(row);
    this.#size += new ByteReader(row).unsigned();
  }

  /** All cells with what no fold has gathered yet. */
  with(pending: Fields): Sketch {
    if (this.#sketch === null) {
      this.#sketch = decoded(this.#rows, this.#size);
      this.#rows = [];
    }
    return withFields(this.#sketch, pending);
  }
}

/**
 * Puts cells in order by counting how many each bucket has: rows hold them by
 * shard, then bucket, so those of one bucket come in the order of shards.
 */
function decoded(rows: readonly Uint8Array[], size: number): Sketch {
  const fields = new Uint32Array(size);
  const amounts = new Float64Array(size);
  const places = new Uint32Array(SKETCH_STRIDE + 1);
  let read = 0;
  for (const row of rows) {
    const reader = new ByteReader(row);
    let field = 0;
    for (let left = reader.unsigned(); left > 0; left--) {
      field += reader.unsigned();
      fields[read] = field;
      amounts[read++] = Number(reader.signed());
      const next = field % SKETCH_STRIDE + 1;
      places[next] = (places[next] ?? 0) + 1;
    }
  }
  for (let bucket = 1; bucket < SKETCH_STRIDE; bucket++) {
    places[bucket] = (places[bucket] ?? 0) + (places[bucket - 1] ?? 0);
  }
  const sketch = emptySketch(size);
  for (let at = 0; at < size; at++) {
    const field = fields[at] ?? 0;
    const bucket = field % SKETCH_STRIDE;
    const place = places[bucket] ?? 0;
    places[bucket] = place + 1;
    sketch.cells[place] = cellOf(field);
    sketch.counts[place] = amounts[at] ?? 0;
  }
  return sketch;
}

/** A sketch with more in its cells; what comes to nothing takes no place. */
export function withFields(sketch: Sketch, fields: Fields): Sketch {
  if (fields.size === 0) return sketch;
  const added = sorted(fields);
  const sum = emptySketch(sketch.cells.length + added.cells.length);
  let [size, at] = [0, 0];
  const put = (cell: number, count: number): void => {
    sum.cells[size] = cell;
    sum.counts[size] = count;
    if (count !== 0) size++;
  };
  for (let next = 0; next < added.cells.length; next++) {
    const cell = added.cells[next] ?? 0;
    let count = added.counts[next] ?? 0;
    const from = at;
    while ((sketch.cells[at] ?? Infinity) < cell) at++;
    sum.cells.set(sketch.cells.subarray(from, at), size);
    sum.counts.set(sketch.counts.subarray(from, at), size);
    size += at - from;
    if (sketch.cells[at] === cell) count += sketch.counts[at++] ?? 0;
    put(cell, count);
  }
  sum.cells.set(sketch.cells.subarray(at), size);
  sum.counts.set(sketch.counts.subarray(at), size);
  size += sketch.cells.length - at;
  return {
    cells: sum.cells.subarray(0, size),
    counts: sum.counts.subarray(0, size),
  };
}

function sorted(fields: Fields): Sketch {
  const cells = Uint32Array.from(fields.keys(), cellOf).sort();
  return {
    cells,
    counts: Float64Array.from(
      cells,
      (cell) => Number(fields.get(fieldOf(cell)) ?? 0),
    ),
  };
}

function emptySketch(size: number): Sketch {
  return { cells: new Uint32Array(size), counts: new Float64Array(size) };
}

/** Fields are by shard, then bucket; cells by bucket, then shard. */
function cellOf(field: number): number {
  return field % SKETCH_STRIDE * SKETCH_SHARDS +
    Math.floor(field / SKETCH_STRIDE);
}

function fieldOf(cell: number): number {
  return cell % SKETCH_SHARDS * SKETCH_STRIDE +
    Math.floor(cell / SKETCH_SHARDS);
}
