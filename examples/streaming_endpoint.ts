/**
 * A streaming endpoint: the provider's stream goes straight to the client.
 *
 *     POST /chat  {"userId", "message"}  → the answer, as it is written
 *
 * The call is recorded when its stream ends, with the time to the first token.
 * A client that leaves ends it, and is recorded as having left.
 */
import OpenAI from "openai";
import { lab } from "./lab.ts";

const openai = new OpenAI();

async function chat(request: Request): Promise<Response> {
  const { userId, message } = await request.json();
  const assignment = lab.assign("support-reply", { userId });
  if (assignment === null) return new Response("Please write to us.");
  const stream = await assignment.run(({ model, prompt }) =>
    openai.chat.completions.create({
      model,
      messages: [
        { role: "system", content: prompt },
        { role: "user", content: message },
      ],
      stream: true,
      // Without it, OpenAI's streams say nothing of tokens.
      stream_options: { include_usage: true },
    })
  );
  async function* texts(): AsyncGenerator<string> {
    for await (const { choices } of stream) {
      yield choices[0]?.delta.content ?? "";
    }
  }
  return new Response(
    ReadableStream.from(texts()).pipeThrough(new TextEncoderStream()),
    { headers: { "content-type": "text/plain; charset=utf-8" } },
  );
}

const server = Deno.serve(
  {
    hostname: "localhost",
    port: Number(Deno.env.get("PORT") ?? 8000),
  },
  (request) =>
    request.method === "POST" && new URL(request.url).pathname === "/chat"
      ? chat(request)
      : new Response(null, { status: 404 }),
);

Deno.addSignalListener("SIGTERM", async () => {
  await server.shutdown();
  await lab.shutdown();
  Deno.exit();
});
