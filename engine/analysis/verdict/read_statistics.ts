import type { JsonObject } from "../../records.ts";
import { sketchBucket } from "../../sketch.ts";
import { sketchFrom } from "../../statistics/sketch_cells.ts";
import {
  CROSS_PRODUCTS,
  EVENT_PRODUCTS,
  EVENT_TOTALS,
  type EventStatistics,
  type FlagStatistics,
  type SetupSeen,
  type Sketch,
  SKETCH_SHARDS,
  USER_TOTALS,
  type VariantStatistics,
} from "../../statistics/flag_statistics.ts";
import { JsonReader } from "./json_reader.ts";

/**
 * Reads sufficient statistics from JSON, as {@linkcode statisticsToJson}
 * writes them.
 *
 * @throws {VerdictFileError} At the first value that is not as it must be.
 */
export function readStatistics(json: unknown): FlagStatistics {
  const root = new JsonReader(json, "statistics");
  return {
    flag: root.at("flag").string(),
    variants: root.at("variants").list().map(variantOf),
    setups: root.at("setups").list().map(setupOf),
    usersInSeveralVariants: root.at("users_in_several_variants").integer(),
    firstSeen: root.at("first_seen").number(),
    lastSeen: root.at("last_seen").number(),
  };
}

function variantOf(reader: JsonReader): VariantStatistics {
  const sketches = reader.at("sketches");
  const products = reader.at("products");
  return {
    name: reader.at("variant_name").string(),
    users: reader.at("users").integer(),
    sums: reader.at("sums").integers(USER_TOTALS),
    products: {
      ...products.integers(CROSS_PRODUCTS),
      ...products.integers(SQUARES),
    },
    events: new Map(
      reader.at("events").list().map((event) => [
        event.at("event_name").string(),
        eventOf(event),
      ]),
    ),
    sketches: {
      latency: sketchOf(sketches.at("latency")),
      ttft: sketchOf(sketches.at("ttft")),
      cost: sketchOf(sketches.at("cost")),
    },
    newUsers: reader.at("new_users").list().map((pair) => {
      const [day, users] = pair.list().map((each) => each.number());
      return [day ?? 0, users ?? 0];
    }),
    configs: reader.at("configs").list().map((config) => ({
      hash: config.at("hash").string(),
      first: config.at("first").number(),
      last: config.at("last").number(),
      config: configOf(config.at("config")),
    })),
  };
}

const SQUARES = [
  "assignments*assignments",
  "executions*executions",
  "successes*successes",
  "failures*failures",
  "errors*errors",
  "latency*latency",
  "latency_known*latency_known",
  "ttft*ttft",
  "ttft_known*ttft_known",
  "cost*cost",
  "cost_known*cost_known",
  "input*input",
  "input_known*input_known",
  "output*output",
  "output_known*output_known",
] as const;

function eventOf(reader: JsonReader): EventStatistics {
  return {
    sums: reader.at("sums").integers(EVENT_TOTALS),
    products: reader.at("products").integers(EVENT_PRODUCTS),
  };
}

/** That of the largest number that is exact. */
const LARGEST_BUCKET = sketchBucket(Number.MAX_SAFE_INTEGER);

function sketchOf(reader: JsonReader): Sketch {
  return sketchFrom(
    reader.list().map((cell) => {
      const [shard, bucket, count] = cell.list().map((each) => each.count());
      if (
        shard === undefined || bucket === undefined || count === undefined ||
        shard >= SKETCH_SHARDS || bucket > LARGEST_BUCKET
      ) {
        return cell.fail(
          `a cell [shard below ${SKETCH_SHARDS}, bucket, count] of integers from 0`,
        );
      }
      return [shard, bucket, count];
    }),
  );
}

function setupOf(reader: JsonReader): SetupSeen {
  return {
    first: reader.at("first").number(),
    last: reader.at("last").number(),
    rolloutPct: reader.at("rollout_pct").number(),
    variants: reader.at("variants").list().map((pair) => {
      const [name, weight] = pair.list();
      if (name === undefined || weight === undefined) {
        return pair.fail("a name and a weight");
      }
      return { name: name.string(), weight: weight.number() };
    }),
  };
}

function configOf(reader: JsonReader): JsonObject {
  return reader.object();
}
