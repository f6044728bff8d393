import type { Context } from "./context.ts";
import type { Middleware } from "./middleware.ts";

/**
 * Makes one middleware of several, each reaching the next by `ctx.next()`.
 *
 * @param middlewares the steps, outermost first
 */
export function compose<State>(
  middlewares: readonly Middleware<State>[],
): Middleware<State> {
  return (ctx) => {
    const tail = ctx.next;
    return run(ctx, 0);

    async function run(ctx: Context<State>, index: number): Promise<Response> {
      const middleware = middlewares[index];
      if (middleware === undefined) return await tail();

      ctx.next = () => run(ctx, index + 1);
      return await middleware(ctx);
    }
  };
}
