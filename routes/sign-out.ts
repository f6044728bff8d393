import { define } from "../server/define.ts";
import { refuseMethod } from "../server/problem.ts";
import { endedCookie } from "../server/session.ts";
import { isSecure } from "../server/is_secure.ts";

export const handler = define.handlers((ctx) =>
  refuseMethod(ctx.req, ["POST"]) ?? new Response(null, {
    status: 303,
    headers: {
      location: "/sign-in",
      "set-cookie": endedCookie(isSecure(ctx.req)),
    },
  })
);
