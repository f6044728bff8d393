import { GrowthBook, GrowthBookClient } from "@growthbook/growthbook";
import { Unleash } from "unleash-client";
import { Modelab } from "../../sdk/modelab.ts";
import { rate } from "./rate.ts";

// Prints how many users a second each client decides for, with its record of
// the decision: two variants, and a new user every call.
const FLAG = "summarizer_v2";
const ROUND = 20_000;

const modelab = new Modelab({
  // Nothing comes of requests: records are buffered, and the oldest dropped.
  server: "http://127.0.0.1:1",
  fetch: () => new Promise(() => {}),
  onError() {},
  flags: [{
    name: FLAG,
    variants: [
      { name: "control", config: { model: "small" } },
      { name: "treatment", config: { model: "large" } },
    ],
  }],
});

let tracked = 0;
const trackingCallback = (): void => {
  tracked++;
};
const payload = {
  features: {
    [FLAG]: {
      defaultValue: "control",
      rules: [{
        key: FLAG,
        hashAttribute: "id",
        variations: ["control", "treatment"],
        weights: [0.5, 0.5],
      }],
    },
  },
};
// Its two ways: an instance for one user at a time, and one for many.
const growthBook = new GrowthBook({ trackingCallback }).initSync({ payload });
const growthBookClient = new GrowthBookClient({ trackingCallback })
  .initSync({ payload });

const unleash = new Unleash({
  appName: "bench",
  url: "http://127.0.0.1:1/api",
  disableMetrics: true,
  refreshInterval: 0,
  disableAutoStart: true,
  skipInstanceCountWarning: true,
  bootstrap: {
    data: [{
      name: FLAG,
      type: "experiment",
      enabled: true,
      stale: false,
      impressionData: true,
      project: "default",
      strategies: [{
        name: "flexibleRollout",
        constraints: [],
        parameters: {
          rollout: "100",
          stickiness: "userId",
          groupId: FLAG,
        },
        variants: ["control", "treatment"].map((name) => ({
          name,
          weight: 500,
          weightType: "fix",
          stickiness: "userId",
        })),
      }],
    }],
  },
});
unleash.on("error", () => {});
unleash.on("impression", () => {
  tracked++;
});
await unleash.start();

let user = 0;
const nextUser = (): string => `user_${++user}_0123456789`;
const seen = new Set<unknown>();
const clients = {
  modelab() {
    for (let i = 0; i < ROUND; i++) {
      seen.add(modelab.assign(FLAG, { userId: nextUser() })?.variantName);
    }
    return ROUND;
  },
  async growthbook() {
    for (let i = 0; i < ROUND; i++) {
      void growthBook.setAttributes({ id: nextUser() });
      seen.add(growthBook.evalFeature(FLAG).value);
      // Its promises would else pile up.
      if (i % 100 === 0) await Promise.resolve();
    }
    return ROUND;
  },
  async growthbookClient() {
    for (let i = 0; i < ROUND; i++) {
      const attributes = { id: nextUser() };
      seen.add(growthBookClient.evalFeature(FLAG, { attributes }).value);
      if (i % 100 === 0) await Promise.resolve();
    }
    return ROUND;
  },
  unleash() {
    for (let i = 0; i < ROUND; i++) {
      seen.add(unleash.getVariant(FLAG, { userId: nextUser() }).name);
    }
    return ROUND;
  },
};
const rates: Record<string, number> = {};
const counted: Record<string, boolean> = {};
for (const [name, round] of Object.entries(clients)) {
  tracked = 0;
  const before = user;
  await rate(round, 0.5);
  rates[name] = await rate(round, 1);
  // What is not recorded would be no comparison.
  await new Promise((resolve) => setTimeout(resolve, 10));
  counted[name] = name === "modelab" || tracked === user - before;
}
console.log(JSON.stringify({ ...rates, counted, variants: [...seen] }));
unleash.destroy();
