import { init, priceTable } from "@modelab/sdk";

/** The client that all of these examples share, with their flags. */
export const lab = init({
  server: Deno.env.get("MODELAB_SERVER") ?? "http://localhost:8100",
  apiKey: Deno.env.get("MODELAB_API_KEY") ?? "",
  flags: [
    {
      name: "support-reply",
      variants: [
        {
          name: "small",
          config: { model: "gpt-4.1-mini", prompt: "Answer in one sentence." },
        },
        {
          name: "large",
          config: { model: "gpt-4.1", prompt: "Answer step by step." },
        },
      ],
    },
    {
      name: "report-agent",
      variants: [
        { name: "small", config: { model: "gpt-4.1-mini" } },
        { name: "large", config: { model: "gpt-4.1" } },
      ],
    },
  ],
  // US dollars per million tokens.
  prices: priceTable({
    "gpt-4.1-mini*": { input: 0.4, output: 1.6, cacheRead: 0.1 },
    "gpt-4.1*": { input: 2, output: 8, cacheRead: 0.5 },
  }),
});
