import { HttpError, page } from "fresh";
import { SignInPage } from "../components/sign_in_page.tsx";
import { KeysUnavailableError } from "../server/access/key_ring.ts";
import { localPath, signIn } from "../server/access/sign_in.ts";
import { define } from "../server/define.ts";

const TITLE = "Sign in · modelab";

export const handler = define.handlers({
  GET(ctx) {
    ctx.state.title = TITLE;
    return page({
      next: localPath(ctx.url.searchParams.get("next")),
      failure: null,
    });
  },
  async POST(ctx) {
    const { service: { gate, now }, address } = ctx.state;
    const { next, response, failure, wait } = await signIn(
      gate,
      ctx.req,
      address,
      now(),
    ).catch((error) => {
      if (!(error instanceof KeysUnavailableError)) throw error;
      throw new HttpError(503, error.message);
    });
    if (response !== null) return response;
    ctx.state.title = TITLE;
    const headers: HeadersInit = failure === "too many"
      ? { "retry-after": String(wait) }
      : {};
    const status = failure === "too many"
      ? 429
      : failure === "wrong key"
      ? 401
      : 403;
    return page({ next, failure }, { status, headers });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <SignInPage {...data} />
));
