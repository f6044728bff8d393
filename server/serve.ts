/**
 * The server: checks the configuration, listens, and stops without losing
 * anything. `deno task build` must have run.
 *
 * @module
 */

import { DatabaseError } from "../storage/kv/database.ts";
import { ConfigError, readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { logError } from "./log.ts";
import { observed } from "./observe.ts";
import { withSecurityHeaders } from "./security_headers.ts";

/** How long requests may take that are under way at a stop, in milliseconds. */
const GRACE = 5000;

async function serve(): Promise<void> {
  const config = readConfig((name) => Deno.env.get(name));
  const { service } = await import("../main.ts");
  const built: unknown = await import("../_fresh/server.js");
  const handler = observed(handlerOf(built), service.metrics, config);
  const server = listen(config, handler);
  const stop = async (): Promise<void> => {
    // A second signal finds no listener, and so stops at once.
    Deno.removeSignalListener("SIGTERM", stop);
    Deno.removeSignalListener("SIGINT", stop);
    // A client that never sends the rest of its request is not waited for.
    const timer = setTimeout(() => finish(), GRACE);
    // They would never end by themselves.
    service.news.close();
    await server.shutdown();
    clearTimeout(timer);
    await finish();
  };
  const finish = async (): Promise<never> => {
    await service.close();
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
  await server.finished;
}

function listen(
  config: Config,
  handler: Deno.ServeHandler,
): Deno.HttpServer {
  const { host, port } = config;
  try {
    return Deno.serve({
      hostname: host,
      port,
      automaticCompression: true,
      onListen: (address) => console.log(greeting(config, address.port)),
      onError: (error) => {
        logError("A request failed", error);
        return new Response("Internal Server Error", { status: 500 });
      },
    }, handler);
  } catch (error) {
    throw new ConfigError(
      `MODELAB_HOST and MODELAB_PORT must be an address that is free, got ${host} and ${port}: ${
        error instanceof Error ? error.message : String(error)
      }`,
      { cause: error },
    );
  }
}

function handlerOf(built: unknown): Deno.ServeHandler {
  if (typeof built === "object" && built !== null && "default" in built) {
    const { default: main } = built;
    if (typeof main === "object" && main !== null && "fetch" in main) {
      const { fetch } = main;
      if (typeof fetch === "function") {
        return async (request, info) =>
          withSecurityHeaders(await fetch.call(main, request, info));
      }
    }
  }
  throw new TypeError("_fresh/server.js must be what deno task build writes");
}

function greeting({ host, kvPath }: Config, port: number): string {
  const name = host === "127.0.0.1" ? "localhost" : host;
  const authority = name.includes(":") && !name.startsWith("[")
    ? `[${name}]`
    : name;
  return `modelab listens on http://${authority}:${port} and keeps its data in ${
    kvPath ?? "the deployment's database"
  }`;
}

try {
  await serve();
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError;
  console.error(expected ? `modelab cannot start: ${error.message}` : error);
  Deno.exit(1);
}
