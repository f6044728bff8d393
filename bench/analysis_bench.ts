/**
 * One analysis of a flag with four variants, beside the reading of the
 * counters that it rests on: the two together are what an answer costs.
 *
 * @module
 */

import { analyze } from "../engine/analysis/analyze.ts";
import { resolveOptions } from "../engine/analysis/resolve_options.ts";
import {
  seeded,
  simulatedUser,
} from "../engine/analysis/testing/simulated_users.ts";
import { incomingOf } from "../storage/kv/entry.ts";
import { Ledger } from "../storage/kv/ledger.ts";
import { LOCAL_LIMITS } from "../storage/kv/limits.ts";
import { KvFlagReader } from "../storage/kv/reader.ts";
import { wireRecords } from "../tests/analysis/wire_records.ts";

const FLAG = "reply";
const USERS = 4000;
const VARIANTS = ["a", "b", "c", "d"];

const path = await Deno.makeTempFile({ suffix: ".kv" });
const kv = await Deno.openKv(path);
const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
const random = seeded(1);
for (let from = 0; from < USERS; from += 100) {
  const users = Array.from({ length: 100 }, (_, n) => ({
    id: `user-${from + n}`,
    variant: VARIANTS[n % VARIANTS.length] ?? "",
    assignments: simulatedUser(random, { rate: 0.6, assignments: 2 })
      .map((one) => ({ ...one, events: [{ name: "rated", value: 4 }] })),
  }));
  await ledger.ingest(incomingOf(wireRecords(users, FLAG), Date.now()), 0);
}
const reader = new KvFlagReader(kv);
const statistics = await reader.readStatistics(FLAG);
if (statistics === null) throw new Error("The flag must be there");
const options = resolveOptions(statistics, {});
if ("option" in options) throw new Error(options.required);
console.log(
  `${VARIANTS.length} variants, ${
    analyze(statistics, options).metrics.length
  } metrics`,
);

Deno.bench(
  "read the counters",
  { group: "analysis", baseline: true },
  async () => {
    await reader.readStatistics(FLAG);
  },
);

Deno.bench("analyse", { group: "analysis" }, () => {
  analyze(statistics, options);
});

globalThis.addEventListener("unload", () => {
  kv.close();
  Deno.removeSync(path);
});
