import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import { serverPermissions } from "../../server/permissions.ts";
import { ROOT } from "./root.ts";

/** A server in a process of its own. */
export interface RunningServer {
  /** Say `http://localhost:41234`. */
  readonly url: string;
  /** The database's file. */
  readonly path: string;
  readonly pid: number;
  /** Resolves when the process has ended by itself. */
  readonly ended: Promise<Deno.CommandStatus>;
  /** Sends a signal, and waits until the process has ended. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<Deno.CommandStatus>;
}

/** What the server may read from its environment. */
export interface ServerOptions {
  readonly port?: number;
  readonly apiKey?: string;
  readonly readKey?: string;
  /** Further variables. */
  readonly env?: { readonly [name: string]: string };
  /** Flags for Deno. @default what the server needs, and nothing else */
  readonly permissions?: readonly string[];
  /** Whether what it says of errors is not shown. @default false */
  readonly quiet?: boolean;
  /** Takes what it says of errors, instead of showing it. */
  readonly onError?: (text: string) => void;
}

/**
 * Starts the server that `deno task build` has built, and waits until it
 * listens.
 *
 * @param path The database's file.
 */
export async function startServer(
  path: string,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { port = 0, apiKey = "", readKey = "", env = {} } = options;
  const { permissions, quiet = false, onError } = options;
  const variables = {
    MODELAB_HOST: "127.0.0.1",
    MODELAB_PORT: String(port),
    MODELAB_KV_PATH: path,
    MODELAB_API_KEY: apiKey,
    MODELAB_READ_KEY: readKey,
    ...env,
  };
  const config = readConfig((name) => Reflect.get(variables, name));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...(permissions ?? serverPermissions(config, { root: ROOT })),
      join(ROOT, "server/serve.ts"),
    ],
    cwd: ROOT,
    env: variables,
    stdin: "null",
    stdout: "piped",
    stderr: onError !== undefined ? "piped" : quiet ? "null" : "inherit",
  }).spawn();
  const errors = onError === undefined
    ? Promise.resolve()
    : child.stderr.pipeThrough(new TextDecoderStream())
      .pipeTo(new WritableStream({ write: onError }));
  const url = await listening(child);
  return {
    url,
    path,
    pid: child.pid,
    ended: child.status,
    async stop(signal) {
      child.kill(signal);
      await errors;
      return await child.status;
    },
  };
}

async function listening(child: Deno.ChildProcess): Promise<string> {
  let text = "";
  const output = child.stdout.pipeThrough(new TextDecoderStream());
  for await (const chunk of output.values({ preventCancel: true })) {
    text += chunk;
    const [url] = /http:\/\/\S+/.exec(text) ?? [];
    if (url === undefined) continue;
    // What it says later is not looked at, but must not block it.
    output.pipeTo(new WritableStream()).catch(() => {});
    return url;
  }
  throw new Error(`The server ended before it listened: ${text}`);
}
