import { Modelab } from "../../sdk/modelab.ts";
import { cpuMillis, median } from "./rate.ts";

// Prints how many microseconds run() adds to each part of a stream.
const PARTS = 20_000;
const modelab = new Modelab({
  server: null,
  flags: [{ name: "tone", variants: [{ name: "a" }] }],
});
const assignment = modelab.assign("tone", { userId: "u" });
if (assignment === null) throw new Error("no assignment");

const chunk = (content: string) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_700_000_000,
  model: "gpt-4o",
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  usage: null,
});

/** A stream as OpenAI's: an object whose iterator is a generator. */
const openAi = (): AsyncIterable<unknown> => ({
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < PARTS; i++) yield chunk("word ");
  },
});

const readable = (): AsyncIterable<unknown> => {
  let left = PARTS;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(chunk("word "));
      else controller.close();
    },
  }, { highWaterMark: 0 });
};

const gemini = (): AsyncIterable<unknown> => ({
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < PARTS; i++) {
      yield {
        candidates: [{ content: { parts: [{ text: "word " }] } }],
        usageMetadata: { promptTokenCount: 9, candidatesTokenCount: i },
        modelVersion: "gemini-2.5-flash",
      };
    }
  },
});

async function microsPerPart(
  open: () => AsyncIterable<unknown>,
): Promise<number> {
  const start = cpuMillis();
  let parts = 0;
  for await (const _ of open()) parts++;
  return (cpuMillis() - start) * 1000 / parts;
}

const added: Record<string, number> = {};
for (const [name, open] of Object.entries({ openAi, readable, gemini })) {
  const differences: number[] = [];
  for (let round = 0; round < 9; round++) {
    const bare = await microsPerPart(open);
    const followed = await microsPerPart(() => assignment.run(open));
    differences.push(followed - bare);
  }
  added[name] = median(differences);
}
console.log(JSON.stringify(added));
