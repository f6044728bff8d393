/**
 * An agent with three steps under one assignment: it plans, drafts, and checks
 * its draft. Each call is recorded with the name of its step; the outcome is
 * that of the whole.
 *
 *     deno run --allow-net --allow-env agent.ts USER QUESTION
 */
import OpenAI from "openai";
import { lab } from "./lab.ts";

const [userId = "user-1", question = "How do tides work?"] = Deno.args;
const openai = new OpenAI();
const assignment = lab.assign("report-agent", { userId });

/** One call of the agent. */
async function step(name: string, content: string): Promise<string> {
  const call = ({ model }: { readonly model: string }) =>
    openai.chat.completions.create({
      model,
      messages: [{ role: "user", content }],
    });
  // Users outside the rollout get what everybody got before.
  const reply = await (assignment?.run(call, { step: name }) ??
    call({ model: "gpt-4.1-mini" }));
  return reply.choices[0]?.message.content ?? "";
}

try {
  const plan = await step("plan", `Plan an answer to: ${question}`);
  const draft = await step("draft", `Follow this plan:\n${plan}`);
  const verdict = await step("check", `Say OK or what is wrong:\n${draft}`);
  if (verdict.startsWith("OK")) assignment?.markSuccess();
  else assignment?.markFailure({ verdict });
  console.log(draft);
} finally {
  await lab.shutdown();
}
