import type { Context } from "fresh";
import type { State } from "./define.ts";
import { pageFlagNames } from "./flag_of_page.ts";

/**
 * Answers with a flag's page as it was rendered for the same figures, where it
 * is kept; for pages that depend on a flag's counters and their address alone.
 */
export async function keptPage(ctx: Context<State>): Promise<Response> {
  const { req, state, url } = ctx;
  if (req.method !== "GET") return await ctx.next();
  const { reader, service: { answers }, signInRequired } = state;
  const versions = await Promise.all(
    pageFlagNames(req).map((name) => reader.readVersion(name)),
  );
  const question = JSON.stringify(["page", signInRequired, url.href]);
  return await answers.answer(
    versions.join(" ").trim(),
    question,
    () => ctx.next(),
  );
}
