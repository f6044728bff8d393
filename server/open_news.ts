import { noSuchFlag } from "./no_such_flag.ts";
import { problem, refuseMethod } from "./problem.ts";
import type { Service } from "./service.ts";

/**
 * Answers `GET /api/v1/news?flag=`: server-sent events that say when there are
 * new figures of a flag, or of any where none is named.
 */
export async function openNews(
  { news, reader }: Service,
  request: Request,
): Promise<Response> {
  const refused = refuseMethod(request, ["GET"]);
  if (refused !== null) return refused;
  const flag = new URL(request.url).searchParams.get("flag");
  if (flag !== null && await reader.evaluateFlag(flag) === null) {
    return noSuchFlag(flag);
  }
  const stream = news.open(flag);
  if (stream === null) {
    return problem(
      503,
      "Too many pages listen for news: ask from time to time",
      {
        "retry-after": "30",
      },
    );
  }
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // Proxies hold back what they collect.
      "x-accel-buffering": "no",
    },
  });
}
