/**
 * A serverless handler, as `deno serve`, Cloudflare Workers and their like
 * call it: frozen or gone when it has answered. So each request has a client
 * of its own, and what was recorded is sent while `waitUntil` keeps the
 * function alive.
 *
 *     POST /  {"userId", "message"}  → {"reply"}
 */
import { Modelab } from "@modelab/sdk";
import OpenAI from "openai";

/** The part of the platform's context that is needed. */
export interface Context {
  waitUntil(work: Promise<unknown>): void;
}

const flags = [{
  name: "support-reply",
  variants: [
    { name: "small", config: { model: "gpt-4.1-mini" } },
    { name: "large", config: { model: "gpt-4.1" } },
  ],
}] as const;

async function answer(request: Request, lab: Modelab<typeof flags>) {
  const { userId, message } = await request.json();
  const assignment = lab.assign("support-reply", { userId });
  if (assignment === null) return { reply: "Please write to us." };
  const reply = await assignment.run(({ model }) =>
    new OpenAI().chat.completions.create({
      model,
      messages: [{ role: "user", content: message }],
    })
  );
  assignment.markSuccess();
  return { reply: reply.choices[0]?.message.content ?? "" };
}

export default {
  async fetch(request: Request, _?: unknown, context?: Context) {
    const lab = new Modelab({
      server: Deno.env.get("MODELAB_SERVER") ?? "http://localhost:8100",
      apiKey: Deno.env.get("MODELAB_API_KEY") ?? "",
      flags,
    });
    try {
      return Response.json(await answer(request, lab));
    } finally {
      const sent = lab.shutdown();
      if (context?.waitUntil === undefined) await sent;
      else context.waitUntil(sent);
    }
  },
};
