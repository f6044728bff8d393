import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import type { State } from "../../server/define.ts";
import { flagNamesFromPath } from "../../server/flag_path.ts";
import { withSecurityHeaders } from "../../server/security_headers.ts";
import type { Granularity } from "../../engine/evaluation.ts";
import { granularityNamed } from "../../components/timeline_range.ts";
import { FakeReader } from "./fake_reader.ts";

const API = "/api/v1/flags";

/** The dashboard's pages over a reader that the test fills, on a free port. */
export class DashboardServer implements AsyncDisposable {
  readonly reader = new FakeReader();
  readonly origin: string;
  /** What the API answers instead of figures; null for figures. */
  failure: 401 | 500 | null = null;
  /** The pages asked for so far: reloads would show here. */
  pages = 0;
  /** The granularities asked of the API so far. */
  readonly asked: Granularity[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(applyBuild: (app: App<State>) => void) {
    const app = new App<State>();
    app.use(async (ctx) => {
      ctx.state.reader = this.reader;
      ctx.state.signInRequired = true;
      ctx.state.title = "";
      return withSecurityHeaders(await ctx.next());
    });
    app.use(staticFiles());
    app.get(API, (ctx) => this.#api(ctx.url, ""));
    app.get(
      `${API}/*`,
      (ctx) => this.#api(ctx.url, new URL(ctx.req.url).pathname),
    );
    app.use((ctx) => {
      this.pages++;
      return ctx.next();
    });
    app.fsRoutes();
    applyBuild(app);
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      app.handler(),
    );
    this.origin = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Builds the islands in memory and starts to listen. */
  static async start(): Promise<DashboardServer> {
    const builder = new Builder({
      root: new URL("../../", import.meta.url).href,
    });
    return new DashboardServer(await builder.build({ snapshot: "memory" }));
  }

  async #api(url: URL, pathname: string): Promise<Response> {
    if (this.failure !== null) {
      return new Response(null, { status: this.failure });
    }
    if (pathname === "") return Response.json(await this.reader.listFlags());
    const rest = pathname.slice(API.length + 1);
    const isTimeline = rest.endsWith("/timeline");
    const [name = ""] = flagNamesFromPath(
      isTimeline ? rest.slice(0, -"/timeline".length) : rest,
    );
    if (!isTimeline) return Response.json(await this.reader.evaluateFlag(name));
    const granularity = granularityNamed(url.searchParams.get("granularity")) ??
      "minute";
    this.asked.push(granularity);
    return Response.json(
      await this.reader.readTimeline(name, {
        granularity,
        from: Date.parse(url.searchParams.get("from") ?? ""),
        to: Date.parse(url.searchParams.get("to") ?? ""),
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
