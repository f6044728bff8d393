import type { Granularity } from "../../engine/evaluation.ts";
import { keyBytes } from "./key_bytes.ts";
import {
  configSeenKey,
  eventKey,
  seenKey,
  sketchKey,
  timeKey,
  totalKey,
} from "./keys.ts";

/** How a counter's amounts combine. */
export type Combine = "sum" | "min" | "max";

/** One counter and what is to be done to it. */
export interface CounterChange {
  readonly key: Deno.KvKey;
  readonly combine: Combine;
  /** Below zero only where it takes back what was added before. */
  readonly amount: number;
}

interface Cell {
  readonly key: Deno.KvKey;
  readonly combine: Combine;
  amount: number;
}

/** What the keys of a variant's counters have in common, and its cells. */
class VariantTally {
  readonly cells: Map<string, Cell> = new Map();
  /** Bytes of a key beside its counter's own name, at most. */
  readonly keyBytes: number;

  constructor(flag: string, variant: string) {
    this.keyBytes = keyBytes(flag) + keyBytes(variant) + 64;
  }
}

/**
 * Changes to counters, added up before they are written: a batch of fifty
 * executions of one variant changes each of its counters once.
 */
export class Tally {
  /** Counters that change. */
  size = 0;
  /** Upper bound of the bytes of their keys. */
  keyBytes = 0;
  readonly #flags: Map<string, Map<string, VariantTally>> = new Map();

  /** The changes, one per counter; sums of nothing are left out. */
  *changes(): Generator<CounterChange> {
    for (const variants of this.#flags.values()) {
      for (const { cells } of variants.values()) {
        for (const cell of cells.values()) {
          if (cell.combine !== "sum" || cell.amount !== 0) yield cell;
        }
      }
    }
  }

  total(flag: string, variant: string, name: string, amount: number): void {
    this.#add(
      flag,
      variant,
      `t${name}`,
      "sum",
      amount,
      () => totalKey(flag, variant, name),
    );
  }

  time(
    granularity: Granularity,
    flag: string,
    variant: string,
    start: number,
    name: string,
    amount: number,
  ): void {
    this.#add(
      flag,
      variant,
      `${granularity}${start}${name}`,
      "sum",
      amount,
      () => timeKey(granularity, flag, variant, start, name),
    );
  }

  sketch(flag: string, variant: string, metric: string, bucket: number): void {
    this.#add(
      flag,
      variant,
      `s${bucket}${metric}`,
      "sum",
      1,
      () => sketchKey(flag, variant, metric, bucket),
    );
  }

  event(
    flag: string,
    variant: string,
    event: string,
    name: "count" | "assignments",
  ): void {
    this.#add(
      flag,
      variant,
      `e${name}${event}`,
      "sum",
      1,
      () => eventKey(flag, variant, event, name),
    );
  }

  seen(flag: string, variant: string, at: number): void {
    this.#add(
      flag,
      variant,
      "f",
      "min",
      at,
      () => seenKey(flag, variant, "first"),
    );
    this.#add(
      flag,
      variant,
      "l",
      "max",
      at,
      () => seenKey(flag, variant, "last"),
    );
  }

  configSeen(flag: string, variant: string, hash: string, at: number): void {
    this.#add(
      flag,
      variant,
      `cf${hash}`,
      "min",
      at,
      () => configSeenKey(flag, variant, hash, "first"),
    );
    this.#add(
      flag,
      variant,
      `cl${hash}`,
      "max",
      at,
      () => configSeenKey(flag, variant, hash, "last"),
    );
  }

  #add(
    flag: string,
    variant: string,
    id: string,
    combine: Combine,
    amount: number,
    key: () => Deno.KvKey,
  ): void {
    const tally = this.#variant(flag, variant);
    const cell = tally.cells.get(id);
    if (cell === undefined) {
      tally.cells.set(id, { key: key(), combine, amount });
      this.size++;
      this.keyBytes += tally.keyBytes + id.length * 3;
    } else if (combine === "sum") {
      cell.amount += amount;
    } else {
      cell.amount = Math[combine](cell.amount, amount);
    }
  }

  #variant(flag: string, variant: string): VariantTally {
    let variants = this.#flags.get(flag);
    if (variants === undefined) {
      variants = new Map();
      this.#flags.set(flag, variants);
    }
    let tally = variants.get(variant);
    if (tally === undefined) {
      tally = new VariantTally(flag, variant);
      variants.set(variant, tally);
    }
    return tally;
  }
}
