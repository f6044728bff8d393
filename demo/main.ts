/**
 * `deno task demo`: fills a server with the traffic of a support app, and
 * prints what it says. Uses the server that runs, or starts one.
 *
 * @module
 */

import { ConfigError, readConfig } from "../server/config.ts";
import { readOptions, UsageError } from "./demo_options.ts";
import { findOrStart } from "./demo_server.ts";
import { runDemo } from "./run_demo.ts";
import { type ServerProcess, ServerStartError } from "./server_process.ts";

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const encoder = new TextEncoder();

async function main(): Promise<boolean> {
  const { users, once } = readOptions(Deno.args);
  const config = readConfig((name) => Deno.env.get(name));
  // First of all: a server that is being started must not be left behind.
  const stop = stopSignal();
  const { url, process } = await findOrStart(config);
  write(
    process === null
      ? `Using the server at ${url}\n`
      : `Started a server at ${url}\n`,
  );
  try {
    const run = runDemo({
      server: url,
      apiKey: config.apiKey ?? "",
      readKey: config.readKey ?? "",
      users,
      terminal: Deno.stdout.isTerminal(),
      write,
    });
    const agreed = await Promise.race([run, stop.then(() => null)]);
    if (agreed !== null && process !== null && !once && isWatched()) {
      await keepRunning(process, stop);
    }
    return agreed ?? false;
  } finally {
    await process?.stop();
  }
}

/** Whether somebody is there to look at the dashboard, and to press Ctrl-C. */
function isWatched(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

async function keepRunning(
  process: ServerProcess,
  stop: Promise<void>,
): Promise<void> {
  write("The server keeps running for the dashboard: press Ctrl-C to stop.\n");
  await Promise.race([stop, process.ended]);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) {
      Deno.addSignalListener(signal, () => resolve());
    }
  });
}

function write(text: string): void {
  Deno.stdout.writeSync(encoder.encode(text));
}

try {
  Deno.exit(await main() ? 0 : 1);
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof UsageError || error instanceof ServerStartError;
  console.error(expected ? `The demo cannot run: ${error.message}` : error);
  Deno.exit(1);
}
