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
  const versions = new Map(
    await Promise.all(
      pageFlagNames(req).map(async (name) =>
        [name, await reader.readVersion(name)] as const
      ),
    ),
  );
  // For whoever renders it: nothing has to be read again.
  state.versions = versions;
  const question = JSON.stringify(["page", signInRequired, url.href]);
  return await answers.answer(
    [...versions.values()].join(" ").trim(),
    question,
    () => ctx.next(),
  );
}
