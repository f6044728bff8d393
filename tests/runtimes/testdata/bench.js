// What the cases have in common.
import { Modelab } from "@modelab/sdk";

export const flags = [{
  name: "tone",
  variants: [
    { name: "formal", config: { model: "m1", temperature: 0.2 } },
    { name: "casual", config: { model: "m2" } },
  ],
}, { name: "off", variants: [{ name: "a" }], rolloutPct: 0 }];

export function equal(actual, expected, what = "") {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what} expected ${b}, got ${a}`);
}

export function ok(value, what) {
  if (!value) throw new Error(`not so: ${what}`);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A client whose server answers as a case wants, and what it reports. */
export function open(base, options = {}) {
  const codes = [];
  const lab = new Modelab({
    server: base,
    flags,
    onError: ({ code }) => codes.push(code),
    flushIntervalMs: 20,
    ...options,
  });
  return { lab, codes };
}

/** Three records for each user. */
export function record(lab, users, name = "user") {
  for (let n = 0; n < users; n++) {
    const assignment = lab.assign("tone", { userId: `${name}-${n}` });
    assignment.record({ usage: { prompt_tokens: 7, completion_tokens: 3 } }, {
      latencyMs: 12,
    });
    assignment.markSuccess();
  }
}

/** What the server of a case took: ids, and when each request came. */
export async function taken(base) {
  return await (await fetch(`${base}/log`)).json();
}

export async function settled(lab, count, ms = 8000) {
  const start = performance.now();
  while (lab.stats().sent + lab.stats().duplicates < count) {
    if (performance.now() - start > ms) {
      throw new Error(`still at ${JSON.stringify(lab.stats())}`);
    }
    await pause(5);
  }
}
