// What is recorded of calls and streams: the records themselves are looked at,
// as a server of the page's own would get them.
import { Modelab, priceTable } from "@modelab/sdk";
import { equal, flags, ok } from "./bench.js";

/** A client whose server is a function, and the records that it was sent. */
function open(options = {}) {
  const executions = [];
  const assignments = [];
  const lab = new Modelab({
    server: "http://lab.example",
    flags,
    onError() {},
    fetch: async (input, init) => {
      const batch = await new Request(input, init).json();
      executions.push(...batch.executions);
      assignments.push(...batch.assignments);
      const accepted = Object.values(batch).flat().length;
      return Response.json({ accepted, duplicates: 0, rejected: [] });
    },
    ...options,
  });
  return { lab, executions, assignments };
}

const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };

/** The parts of a stream, as OpenAI's client gives them. */
const parts = [
  {
    object: "chat.completion.chunk",
    model: "m1-2026",
    choices: [{ index: 0, delta: { content: "Hel" } }],
    usage: null,
  },
  {
    object: "chat.completion.chunk",
    model: "m1-2026",
    choices: [{ index: 0, delta: { content: "lo" } }],
    usage: null,
  },
  { object: "chat.completion.chunk", model: "m1-2026", choices: [], usage },
];

async function* generate() {
  for (const part of parts) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    yield part;
  }
}

async function read(stream) {
  const got = [];
  for await (const part of stream) got.push(part);
  return got;
}

function assertTokens({ input_tokens, output_tokens }) {
  equal([input_tokens, output_tokens], [7, 3]);
}

export const callCases = {
  async "run() gives back what the call gives, and records it"() {
    const { lab, executions } = open({
      prices: priceTable({
        m1: { input: 1, output: 2 },
        m2: { input: 1, output: 2 },
      }),
    });
    const reply = {
      object: "chat.completion",
      model: "m1-2026",
      choices: [],
      usage,
    };
    const assignment = lab.assign("tone", { userId: "user-1" });
    ok(await assignment.run(() => Promise.resolve(reply)) === reply, "same");
    await lab.shutdown();
    const [record] = executions;
    assertTokens(record);
    ok(record.latency_ms >= 0, record.latency_ms);
    equal(record.cost, 0.000013);
  },

  async "run() records an error, and throws it on"() {
    const { lab, executions } = open();
    const assignment = lab.assign("tone", { userId: "user-1" });
    const fault = new TypeError("overloaded");
    try {
      await assignment.run(() => Promise.reject(fault));
      throw new Error("not thrown");
    } catch (error) {
      ok(error === fault, error);
    }
    await lab.shutdown();
    ok(executions[0].error.includes("overloaded"), executions[0].error);
  },

  async "run() hands an iterator's stream through, part by part"() {
    const { lab, executions } = open();
    const assignment = lab.assign("tone", { userId: "user-1" });
    const got = await read(await assignment.run(() => generate()));
    equal(got, parts);
    ok(got.every((part, index) => part === parts[index]), "the same parts");
    await lab.shutdown();
    const [record] = executions;
    assertTokens(record);
    ok(record.ttft_ms > 0 && record.ttft_ms <= record.latency_ms, "times");
  },

  async "run() hands a ReadableStream through, part by part"() {
    const { lab, executions } = open();
    const assignment = lab.assign("tone", { userId: "user-1" });
    const source = generate();
    const stream = await assignment.run(() =>
      new ReadableStream({
        async pull(controller) {
          const { done, value } = await source.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      })
    );
    const reader = stream.getReader();
    const got = [];
    for (let part; !(part = await reader.read()).done;) got.push(part.value);
    equal(got, parts);
    await lab.shutdown();
    assertTokens(executions[0]);
  },

  async "run() records a stream that is left as aborted"() {
    const { lab, executions } = open();
    const assignment = lab.assign("tone", { userId: "user-1" });
    for await (const part of await assignment.run(() => generate())) {
      ok(part === parts[0], "the first part");
      break;
    }
    await lab.shutdown();
    equal(executions[0].aborted, true);
  },

  async "overrides give one variant, and mark the record"() {
    const { lab, assignments } = open({ overrides: { tone: "casual" } });
    for (let n = 0; n < 10; n++) {
      const { variantName } = lab.assign("tone", { userId: `user-${n}` });
      equal(variantName, "casual");
    }
    await lab.shutdown();
    equal(
      assignments.map(({ overridden }) => overridden),
      Array(10).fill(true),
    );
  },
};
