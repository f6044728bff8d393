import { page } from "fresh";
import { NotFound } from "../components/not_found.tsx";
import { define } from "../server/define.ts";

export const handler = define.handlers((ctx) => {
  ctx.state.title = "Not found · modelab";
  return page(undefined, { status: 404 });
});

export default define.page<typeof handler>(() => <NotFound />);
