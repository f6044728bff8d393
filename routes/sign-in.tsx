import { page } from "fresh";
import { SignInPage } from "../components/sign_in_page.tsx";
import { define } from "../server/define.ts";
import { localPath, signIn } from "../server/sign_in.ts";

export const handler = define.handlers({
  GET(ctx) {
    ctx.state.title = "Sign in";
    return page({
      next: localPath(ctx.url.searchParams.get("next")),
      failed: false,
    });
  },
  async POST(ctx) {
    const { next, response } = await signIn(ctx.state.service, ctx.req);
    if (response !== null) return response;
    ctx.state.title = "Sign in";
    return page({ next, failed: true }, { status: 401 });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <SignInPage {...data} />
));
