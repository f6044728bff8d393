// What the SDK does on every runtime: run by Deno, Node, Bun and a browser.
// Each case talks to a stand-in of a server under a path of its own, which
// decides how it answers: see stand_in.ts.
import {
  assign,
  FlagNotFoundError,
  init,
  InvalidFlagError,
  Modelab,
  NotInitializedError,
  reset,
  stats,
} from "@modelab/sdk";
import { equal, flags, ok, open, record, settled, taken } from "./bench.js";
import { callCases } from "./calls.js";
import { faultCases } from "./faults.js";

const cases = {
  "chooses the variants that Python chooses"(_base, vectors) {
    for (const { flag, cases } of vectors) {
      const lab = new Modelab({ server: null, flags: [flag], onError() {} });
      for (const [userId, variant] of cases) {
        const got = lab.peek(flag.name, { userId })?.variantName ?? null;
        equal(got, variant, JSON.stringify([flag.name, userId]));
      }
    }
  },

  async "throws for mistakes of the program alone"() {
    await reset();
    for (
      const [type, call] of [
        [NotInitializedError, () => assign("tone", { userId: "u" })],
        [FlagNotFoundError, () => open(null).lab.assign("x", { userId: "u" })],
        [InvalidFlagError, () => open(null, { flags: [{ name: "" }] })],
      ]
    ) {
      try {
        call();
      } catch (error) {
        ok(error instanceof type && error.name === type.name, error);
        continue;
      }
      throw new Error(`no ${type.name}`);
    }
    const { lab } = open(null);
    equal(lab.assign("off", { userId: "u" }), null);
    equal(lab.assign("tone", { userId: null }), null);
  },

  async "delivers by size, by time and by flush()"(base) {
    const { lab, codes } = open(base, { flushIntervalMs: 60_000 });
    record(lab, 20);
    await settled(lab, 50);
    await lab.flush();
    await lab.shutdown();
    const timed = open(base);
    record(timed.lab, 5, "timed");
    await settled(timed.lab, 15);
    await timed.lab.shutdown();
    const { ids, records } = await taken(base);
    equal([ids, records, codes, timed.codes], [75, 75, [], []]);
  },

  async "ends with await using"(base) {
    const { lab } = open(base, { flushIntervalMs: 60_000 });
    record(lab, 3);
    await lab[Symbol.asyncDispose]();
    equal((await taken(base)).ids, 9);
  },

  async "has one client for the functions of init()"(base) {
    init({ server: base, flags, onError() {} });
    const assignment = assign("tone", { userId: "user-1" });
    assignment.markCustomEvent("copied", { from: "toolbar" }, 2);
    await reset();
    equal((await taken(base)).ids, 2);
    try {
      stats();
      throw new Error("not forgotten");
    } catch (error) {
      ok(error instanceof NotInitializedError, error);
    }
  },

  async "keeps a serverless function alive until what waits is sent"(base) {
    const deliveries = [];
    const { lab } = open(base, {
      flushIntervalMs: 60_000,
      waitUntil: (delivery) => deliveries.push(delivery),
    });
    record(lab, 4);
    await Promise.all(deliveries);
    equal([deliveries.length, lab.stats().sent], [1, 12]);
  },

  async "reports rejected records, and sends them once"(base) {
    const { lab, codes } = open(base);
    record(lab, 2);
    await lab.shutdown();
    const { rejected, sent } = lab.stats();
    equal([rejected, sent, codes], [1, 5, ["records_rejected"]]);
    equal((await taken(base)).times.length, 1);
  },

  ...callCases,
  ...faultCases,
};

/** Cases that change what others share: each runs alone. */
const ALONE = /^(throws|has one client|a clock)/;

async function runCase(name, server, vectors) {
  try {
    await cases[name](`${server}/${encodeURIComponent(name)}`, vectors);
    return { name, error: null };
  } catch (caught) {
    return { name, error: String(caught?.stack ?? caught) };
  }
}

/** Runs every case; what failed has an error. */
export async function runCases(server, vectors) {
  const names = Object.keys(cases);
  const results = await Promise.all(
    names.filter((name) => !ALONE.test(name))
      .map((name) => runCase(name, server, vectors)),
  );
  for (const name of names.filter((name) => ALONE.test(name))) {
    results.push(await runCase(name, server, vectors));
  }
  return results;
}
