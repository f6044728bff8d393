import { createDefine } from "fresh";

const define = createDefine<{ trail: string[] }>();

export default define.middleware(async (ctx) => {
  ctx.state.trail = ["root"];
  const response = await ctx.next();
  response.headers.set("X-Trail", ctx.state.trail.join(","));
  return response;
});
