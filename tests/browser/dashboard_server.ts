import { Builder } from "fresh/dev";
import { createApp } from "../../server/app.ts";
import { withSecurityHeaders } from "../../server/security_headers.ts";
import { type Service, serviceOn } from "../../server/service.ts";
import type { IngestBatch } from "../../engine/records.ts";
import { incomingOf } from "../../storage/kv/entry.ts";
import { LOCAL_LIMITS } from "../../storage/kv/limits.ts";

/**
 * The real server on a database in memory and a free port, in this process, so
 * that a test can break it.
 */
export class DashboardServer implements AsyncDisposable {
  readonly origin: string;
  /** What the API answers instead of figures; null for figures. */
  failure: 401 | 500 | null = null;
  /** What reading the list of flags fails with; null for no failure. */
  fault: Error | null = null;
  /** The pages asked for so far: reloads would show here. */
  pages = 0;
  /** The paths and queries asked of the API so far. */
  readonly asked: string[] = [];
  readonly #service: Service;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(
    service: Service,
    handler: Deno.ServeHandler<Deno.NetAddr>,
  ) {
    this.#service = service;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request, info) => this.#answer(request, info, handler),
    );
    this.origin = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Builds the islands in memory and starts to listen. */
  static async start(): Promise<DashboardServer> {
    const builder = new Builder({
      root: new URL("../../", import.meta.url).href,
    });
    const applyBuild = await builder.build({ snapshot: "memory" });
    const kv = await Deno.openKv(":memory:");
    const service = serviceOn({ kv, limits: LOCAL_LIMITS }, {});
    const server: { current?: DashboardServer } = {};
    const { reader } = service;
    const watched = new Proxy(reader, {
      get: (target, name) => {
        const fault = server.current?.fault;
        if (name === "listFlags" && fault) return () => Promise.reject(fault);
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const app = createApp({ ...service, reader: watched });
    applyBuild(app);
    server.current = new DashboardServer(service, app.handler());
    return server.current;
  }

  /** Takes records, as an SDK would send them. */
  async ingest(batch: IngestBatch): Promise<void> {
    const records = incomingOf(batch, Date.now());
    for (let start = 0; start < records.length; start += 4000) {
      await this.#service.ledger.ingest(records.slice(start, start + 4000), 0);
    }
  }

  async #answer(
    request: Request,
    info: Deno.ServeHandlerInfo<Deno.NetAddr>,
    handler: Deno.ServeHandler<Deno.NetAddr>,
  ): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith("/api/")) {
      this.asked.push(pathname + search);
      if (this.failure !== null) {
        return new Response(null, { status: this.failure });
      }
    } else if (request.headers.get("accept")?.includes("text/html")) {
      this.pages++;
    }
    return withSecurityHeaders(await handler(request, info));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#service.news.close();
    await this.#server.shutdown();
    await this.#service.close();
  }
}
