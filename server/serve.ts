/**
 * The server: checks the configuration, listens, and stops without losing
 * anything. `deno task build` must have run.
 *
 * @module
 */

import { DatabaseError } from "../storage/kv/database.ts";
import { ConfigError, readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { withSecurityHeaders } from "./security_headers.ts";

async function serve(): Promise<void> {
  const config = readConfig((name) => Deno.env.get(name));
  const { service } = await import("../main.ts");
  const built: unknown = await import("../_fresh/server.js");
  const handler = handlerOf(built);
  const server = Deno.serve({
    hostname: config.host,
    port: config.port,
    onListen: ({ port }) => console.log(greeting(config, port)),
    onError: (error) => {
      console.error(error);
      return new Response("Internal Server Error", { status: 500 });
    },
  }, handler);
  const stop = async (): Promise<void> => {
    // A second signal finds no listener, and so stops at once.
    Deno.removeSignalListener("SIGTERM", stop);
    Deno.removeSignalListener("SIGINT", stop);
    await server.shutdown();
    await service.close();
  };
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
  await server.finished;
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
    error instanceof DatabaseError || error instanceof Deno.errors.AddrInUse;
  console.error(expected ? `modelab cannot start: ${error.message}` : error);
  Deno.exit(1);
}
