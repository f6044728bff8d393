/**
 * A chat endpoint: one LLM call per request, and later word from the user.
 *
 *     POST /chat      {"userId", "message"}  → {"reply", "id"}
 *     POST /feedback  {"id", "helped"}       → 204
 */
import { resume } from "@modelab/sdk";
import OpenAI from "openai";
import { lab } from "./lab.ts";

const openai = new OpenAI();

async function chat(request: Request): Promise<Response> {
  const { userId, message } = await request.json();
  const assignment = lab.assign("support-reply", { userId });
  if (assignment === null) {
    return Response.json({ reply: "Please write to us.", id: null });
  }
  const reply = await assignment.run(({ model, prompt }) =>
    openai.chat.completions.create({
      model,
      messages: [
        { role: "system", content: prompt },
        { role: "user", content: message },
      ],
    })
  );
  return Response.json({
    reply: reply.choices[0]?.message.content ?? "",
    id: assignment.assignmentId,
  });
}

async function feedback(request: Request): Promise<Response> {
  const { id, helped } = await request.json();
  // Another process may have answered: the id is enough.
  if (helped) resume(id).markSuccess();
  else resume(id).markFailure();
  return new Response(null, { status: 204 });
}

const server = Deno.serve({
  hostname: "localhost",
  port: Number(Deno.env.get("PORT") ?? 8000),
}, (request) => {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === "/chat") return chat(request);
  if (request.method === "POST" && pathname === "/feedback") {
    return feedback(request);
  }
  return new Response(null, { status: 404 });
});

Deno.addSignalListener("SIGTERM", async () => {
  await server.shutdown();
  await lab.shutdown();
  Deno.exit();
});
