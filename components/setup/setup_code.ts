import type { SetupFlag } from "../../engine/setup_flag.ts";

/** What is shown where there is no flag yet. */
export const EXAMPLE_FLAG: SetupFlag = {
  name: "reply-model",
  variants: [
    { name: "small", weight: 50, config: { model: "gpt-4.1-mini" } },
    { name: "large", weight: 50, config: { model: "gpt-4.1" } },
  ],
};

/** The program in TypeScript that sends a first assignment to a server. */
export function typescriptCode(server: string, flag: SetupFlag): string {
  const variants = flag.variants.map(({ name, weight, config }) =>
    `      { name: ${json(name)}, weight: ${weight}, config: ${json(config)} },`
  );
  return `import { assign, init, shutdown } from "@modelab/sdk";

init({
  server: ${json(server)},
  apiKey: "", // the key that sends records, if this server asks for one
  flags: [{
    name: ${json(flag.name)},
    variants: [
${variants.join("\n")}
    ],
  }],
});

const assignment = assign(${json(flag.name)}, { userId: "user-1" });
// Call your LLM with assignment.config, then say how it went.
assignment?.record(undefined, { latencyMs: 812, cost: 0.0004 });
assignment?.markSuccess();

await shutdown();
`;
}

/** The same in Python. */
export function pythonCode(server: string, flag: SetupFlag): string {
  const variants = flag.variants.map(({ name, weight, config }) =>
    `        modelab.Variant(${json(name)}, ${weight}, ${python(config)}),`
  );
  return `import modelab

modelab.init(
    ${json(server)},
    [modelab.Flag(${json(flag.name)}, [
${variants.join("\n")}
    ])],
    api_key="",  # the key that sends records, if this server asks for one
)

assignment = modelab.assign(${json(flag.name)}, modelab.EvalContext("user-1"))
if assignment:
    # Call your LLM with assignment.config, then say how it went.
    assignment.record(latency_ms=812, cost=0.0004)
    assignment.mark_success()
`;
}

/** A JSON string is one of TypeScript and of Python, too. */
function json(value: unknown): string {
  return JSON.stringify(value);
}

/** A JSON value as Python writes it: its null, true and false differ. */
function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value !== "object") return json(value);
  const fields = Object.entries(value).map(([key, inner]) =>
    `${json(key)}: ${python(inner)}`
  );
  return `{${fields.join(", ")}}`;
}
