// What a client does about each fault of network, server and clock.
import { equal, ok, open, pause, record, settled, taken } from "./bench.js";

export const faultCases = {
  async "500: sends again, with pauses"(base) {
    const { lab, codes } = open(base);
    record(lab, 5);
    await settled(lab, 15);
    const { ids, records, times } = await taken(base);
    equal([ids, records, times.length], [15, 15, 3]);
    equal(codes, ["delivery_failed", "delivery_failed"]);
    equal(lab.stats().retried, 30);
    await lab.shutdown();
  },

  async "503: leaves the server alone as long as Retry-After says"(base) {
    const { lab } = open(base);
    record(lab, 5);
    await settled(lab, 15);
    const { ids, times: [first, second] } = await taken(base);
    ok(second - first >= 990, `${second - first} ms`);
    equal(ids, 15);
    await lab.shutdown();
  },

  async "429: leaves the server alone until the date of Retry-After"(base) {
    const { lab } = open(base);
    record(lab, 5);
    await settled(lab, 15);
    const { ids, times: [first, second] } = await taken(base);
    // The date is two seconds after the server's own, which is a year ago.
    ok(second - first >= 990 && second - first < 6_000, second - first);
    equal(ids, 15);
    await lab.shutdown();
  },

  async "413: splits the batch"(base) {
    const { lab, codes } = open(base);
    record(lab, 20);
    await settled(lab, 60);
    const { ids, records } = await taken(base);
    equal([ids, records, codes], [60, 60, []]);
    await lab.shutdown();
  },

  async "401: keeps the records, and blocks nothing"(base) {
    const { lab, codes } = open(base, { apiKey: "wrong" });
    record(lab, 5);
    const start = performance.now();
    await lab.flush();
    await lab.flush();
    ok(performance.now() - start < 3_000, "flush() does not wait");
    equal([lab.stats().queued, codes], [15, ["delivery_blocked"]]);
    equal((await taken(base)).times.length, 1);
    await lab.shutdown();
    equal(lab.stats().dropped, 15);
  },

  async "a connection reset in mid-answer: counted once"(base) {
    const { lab } = open(base);
    record(lab, 5);
    await settled(lab, 15);
    const { ids, records, times } = await taken(base);
    // Sent twice, and the second time as what was there already.
    equal([ids, records, times.length], [15, 30, 2]);
    equal(lab.stats().duplicates, 15);
    await lab.shutdown();
  },

  async "a server that never answers: gives the request up"(base) {
    const { lab, codes } = open(base, { requestTimeoutMs: 150 });
    record(lab, 5);
    const start = performance.now();
    lab.assign("tone", { userId: "meanwhile" });
    ok(performance.now() - start < 50, "assign() does not wait");
    await settled(lab, 16);
    equal((await taken(base)).ids, 16);
    ok(codes.includes("delivery_failed"), codes);
    await lab.shutdown();
  },

  async "DNS failure: keeps the records, and ends in time"() {
    const { lab, codes } = open("http://no-such-host.invalid", {
      flushTimeoutMs: 1_000,
    });
    record(lab, 5);
    await lab.flush();
    equal(lab.stats().queued, 15);
    const start = performance.now();
    await lab.shutdown();
    ok(performance.now() - start < 3_000, "shutdown() ends in time");
    equal([lab.stats().dropped, lab.stats().queued], [15, 0]);
    ok(codes.includes("delivery_failed"), codes);
    ok(codes.includes("records_dropped"), codes);
  },

  async "a clock that jumps: sends on, and once"(base) {
    const { now } = Date;
    try {
      const { lab } = open(base);
      for (const hours of [0, 48, -48, 24 * 365]) {
        Date.now = () => now() + hours * 3_600_000;
        record(lab, 3, `jump${hours}`);
        await pause(40);
      }
      await settled(lab, 36);
      equal((await taken(base)).ids, 36);
      await lab.shutdown();
    } finally {
      Date.now = now;
    }
  },

  async "a server that is down for good: bounded, counted, told"(base) {
    const drops = [];
    const { lab } = open(base, {
      maxQueue: 100,
      flushTimeoutMs: 300,
      onDrop: (drop) => drops.push(drop),
    });
    for (let turn = 0; turn < 10; turn++) {
      record(lab, 30, `turn${turn}`);
      ok(lab.stats().queued <= 100, "no more than maxQueue");
      await pause(1);
    }
    await lab.shutdown();
    equal([lab.stats().dropped, lab.stats().queued], [900, 0]);
    equal(drops.reduce((sum, { count }) => sum + count, 0), 900);
    equal(drops.at(-1), { reason: "shutdown", count: 100 });
  },
};
