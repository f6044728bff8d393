import {
  CROSS_PRODUCTS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import { NO_VALUES } from "../../engine/statistics/sketch_cells.ts";
import type {
  FlagStatistics,
  UserProduct,
  UserTotal,
  VariantStatistics,
} from "../../engine/statistics/flag_statistics.ts";
import type { FlagReader, FlagSnapshot } from "../flag_reader.ts";
import { narrowed } from "./amount.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { historyKey, historyPrefix } from "./keys.ts";
import { bytesOf } from "./workspace.ts";

const MINUTE = 60_000;
const VERSION = 1;
/**
 * Between two snapshots lies so much of the flag's age: a young flag has one
 * each minute, one of a year some nine hundred.
 */
const SHARE_OF_AGE = 1 / 80;
/** Deno KV takes 64 KiB; flags with more variants have no history. */
const MAX_BYTES = 60_000;

const PRODUCTS: readonly UserProduct[] = [
  ...USER_TOTALS.map(squareOf),
  ...CROSS_PRODUCTS,
];

/**
 * Keeps how a flag stands now, if that is due: the sums and products from
 * which the effect of that moment can be computed for ever. It counts for the
 * minute of the flag's latest record, so that records of past days that come
 * in their order make a history of these days. Two servers that do it for the
 * same minute write the same key.
 *
 * @param now Epoch milliseconds.
 * @returns Whether it was due.
 */
export async function keepSnapshot(
  kv: Deno.Kv,
  reader: FlagReader,
  flag: string,
  now: number,
): Promise<boolean> {
  const [latest] = await Array.fromAsync(
    kv.list({ prefix: historyPrefix(flag) }, { limit: 1, reverse: true }),
  );
  const before = latest === undefined ? null : Number(latest.key.at(-1));
  const statistics = await reader.readStatistics(flag);
  if (statistics === null) return false;
  const { firstSeen, lastSeen } = statistics;
  const time = Math.floor(Math.min(now, lastSeen) / MINUTE) * MINUTE;
  if (before !== null) {
    const isEarly = time - before < (time - firstSeen) * SHARE_OF_AGE;
    if (isEarly || time <= before) return false;
  }
  const value = encode(statistics);
  if (value.length > MAX_BYTES) return false;
  await kv.set(historyKey(flag, time), value);
  return true;
}

/** How a flag stood, the earliest first. */
export async function readSnapshots(
  kv: Deno.Kv,
  flag: string,
): Promise<FlagSnapshot[]> {
  const list = kv.list({ prefix: historyPrefix(flag) }, { batchSize: 500 });
  const snapshots: FlagSnapshot[] = [];
  for await (const entry of list) {
    const time = Number(entry.key.at(-1));
    snapshots.push({
      time,
      statistics: decode(flag, time, bytesOf(entry)),
    });
  }
  return snapshots;
}

/**
 * Forgets how a flag stood. What was erased is in the old sums, and cannot be
 * taken out of them.
 */
export async function forgetHistory(kv: Deno.Kv, flag: string): Promise<void> {
  for await (const { key } of kv.list({ prefix: historyPrefix(flag) })) {
    await kv.delete(key);
  }
}

function encode({ variants, firstSeen }: FlagStatistics): Uint8Array {
  const writer = new ByteWriter();
  writer.unsigned(VERSION);
  writer.unsigned(Math.max(0, firstSeen));
  for (const { name, users, sums, products } of variants) {
    writer.text(name);
    writer.signed(narrowed(users));
    for (const total of USER_TOTALS) writer.signed(narrowed(sums[total]));
    for (const product of PRODUCTS) writer.signed(narrowed(products[product]));
  }
  return writer.finish();
}

/** @throws {TypeError} The bytes are no snapshot. */
function decode(flag: string, time: number, value: Uint8Array): FlagStatistics {
  const reader = new ByteReader(value);
  const version = reader.unsigned();
  if (version !== VERSION) {
    throw new TypeError(
      `A snapshot must be of version ${VERSION}, got ${version}`,
    );
  }
  const firstSeen = reader.unsigned();
  const variants: VariantStatistics[] = [];
  while (!reader.done) {
    const next = (): bigint => BigInt(reader.signed());
    const name = reader.text();
    const users = next();
    variants.push({
      name,
      users,
      sums: recordOf(USER_TOTALS, next),
      products: recordOf(PRODUCTS, next),
      events: new Map(),
      sketches: { latency: NO_VALUES, ttft: NO_VALUES, cost: NO_VALUES },
      newUsers: [],
      configs: [],
    });
  }
  return {
    flag,
    variants,
    setups: [],
    usersInSeveralVariants: 0n,
    firstSeen,
    lastSeen: time,
  };
}

function recordOf<Name extends string>(
  names: readonly Name[],
  next: () => bigint,
): Record<Name, bigint>;
function recordOf(
  names: readonly string[],
  next: () => bigint,
): Record<string, bigint> {
  return Object.fromEntries(names.map((name) => [name, next()]));
}

/** The square of a total is one of the contract's products. */
function squareOf(total: UserTotal): UserProduct {
  const product = `${total}*${total}`;
  if (isSquare(product)) return product;
  throw new TypeError(`There must be a product ${product}`);
}

function isSquare(product: string): product is UserProduct {
  const [left, right] = product.split("*");
  return left === right && USER_TOTALS.some((total) => total === left);
}
