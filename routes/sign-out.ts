import { isOwnPage } from "../server/access/is_own_page.ts";
import { endedCookie } from "../server/access/session.ts";
import { define } from "../server/define.ts";
import { isSecure } from "../server/is_secure.ts";
import { problem, refuseMethod } from "../server/problem.ts";

export const handler = define.handlers((ctx) => {
  const refused = refuseMethod(ctx.req, ["POST"]);
  if (refused !== null) return refused;
  if (!isOwnPage(ctx.req)) {
    return problem(403, "The request must come from a page of this server");
  }
  return new Response(null, {
    status: 303,
    headers: {
      location: "/sign-in",
      "set-cookie": endedCookie(isSecure(ctx.req)),
    },
  });
});
