import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../server/config.ts";
import { serverPermissions } from "../server/permissions.ts";
import { ServerProcess } from "./server_process.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The server that the demo fills. */
export interface DemoServer {
  /** Say `http://localhost:8100`. */
  readonly url: string;
  /** The process that the demo started; null when the server ran before. */
  readonly process: ServerProcess | null;
}

/** Finds the server that runs under the configuration's address, or starts it. */
export async function findOrStart(
  config: Pick<Config, "host" | "port" | "kvPath">,
): Promise<DemoServer> {
  const { host, port } = config;
  const url = `http://${nameOf(host)}:${port}`;
  // Port 0 stands for any free one: nobody can listen there yet.
  if (port !== 0 && await isModelab(url)) return { url, process: null };
  const process = await ServerProcess.start(
    join(ROOT, "server/serve.ts"),
    serverPermissions(config, { root: ROOT }),
  );
  return { url: process.url, process };
}

function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::" || host === "127.0.0.1") {
    return "localhost";
  }
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

/** Whether modelab answers there, and not something else or nobody. */
async function isModelab(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/v1/openapi.json`, {
      signal: AbortSignal.timeout(2000),
    });
    const body: unknown = await response.json();
    const info: unknown = typeof body === "object" && body !== null
      ? Reflect.get(body, "info")
      : null;
    return typeof info === "object" && info !== null &&
      Reflect.get(info, "title") === "modelab";
  } catch {
    return false;
  }
}
