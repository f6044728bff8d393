import { HttpError, page } from "fresh";
import { MessagePage } from "../components/message_page.tsx";
import { define } from "../server/define.ts";

export const handler = define.handlers((ctx) => {
  const status = ctx.error instanceof HttpError ? ctx.error.status : 500;
  ctx.state.title = "Something went wrong · modelab";
  return page({ status }, { status });
});

export default define.page<typeof handler>(({ data, url }) => (
  <MessagePage title="This page could not be made">
    <p>
      The server answered{" "}
      {data.status}. What went wrong is in its log; the figures themselves are
      safe.
    </p>
    <p>
      <a href={url.pathname + url.search}>Try again</a> or go to{" "}
      <a href="/">all flags</a>.
    </p>
  </MessagePage>
));
