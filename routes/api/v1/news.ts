import { define } from "../../../server/define.ts";
import { openNews } from "../../../server/open_news.ts";

export const handler = define.handlers((ctx) =>
  openNews(ctx.state.service, ctx.req)
);
