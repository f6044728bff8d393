import { define } from "../../server/define.ts";
import { problem } from "../../server/problem.ts";

export const handler = define.handlers((ctx) =>
  problem(
    404,
    `The path must be one that /api/v1/openapi.json describes, got ${ctx.url.pathname}`,
  )
);
