import assert from "node:assert/strict";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import { FLAG, KnownLoad } from "./known_load.ts";

/** Options of {@linkcode killRounds}. */
export interface KillOptions {
  /** The database: a file, or a URL of KV Connect. */
  readonly path: string;
  readonly rounds: number;
  /** Further variables of the servers' environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Strikes something else, under the load of both servers. */
  readonly strike?: () => Promise<void>;
}

const CLIENTS = 8;
/** One client sends what many would. */
const UNLIMITED = {
  MODELAB_RATE_PER_KEY: "0",
  MODELAB_RATE_PER_ADDRESS: "0",
} as const;
const VERIFIED = / 0 mismatches$/m;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Kills two servers on one database under load, again and again, and fails
 * unless every acknowledged record is there and every counter is right.
 *
 * @returns What happened, in a line.
 */
export async function killRounds(
  { path, rounds, env = {}, strike = () => Promise.resolve() }: KillOptions,
): Promise<string> {
  const load = new KnownLoad();
  const acknowledgements = new Acknowledgements();
  const options = { env: { ...UNLIMITED, ...env } };
  const start = (): Promise<RunningServer[]> =>
    Promise.all([startServer(path, options), startServer(path, options)]);
  let unanswered = 0;
  for (let round = 1; round <= rounds; round++) {
    const servers = await start();
    await acknowledgements.resend(servers.map(({ url }) => url));
    await loadAndKill(servers, load, acknowledgements, strike);
    unanswered += acknowledgements.unacknowledged.length;
    // As the crash left it: what is counted and what is kept must agree.
    const { code, output } = await runVerify(path, env);
    assert.equal(code, 0, `round ${round}: ${output}`);
    assert.match(output, VERIFIED);
  }
  assert.ok(acknowledgements.acknowledged.length > 0);
  assert.ok(unanswered > 0, "every batch was acknowledged: nothing was hit");

  const servers = await start();
  const urls = servers.map(({ url }) => url);
  await acknowledgements.send(urls[0] ?? "", load.rest());
  await acknowledgements.resend(urls);
  await acknowledgements.assertAllKnown(urls);
  const response = await fetch(`${urls[1]}/api/v1/flags/${FLAG}`);
  load.assertEvaluation(await response.json());
  for (const server of servers) {
    assert.equal((await server.stop("SIGTERM")).code, 0);
  }
  const { code, output } = await runVerify(path, env);
  assert.equal(code, 0, output);
  assert.match(output, / 0 without assignment, 0 not counted yet;/);
  return `${rounds} rounds, ${acknowledgements.acknowledged.length} batches ` +
    `acknowledged, ${unanswered} of them only when they were sent again; ` +
    output.trim();
}

/** Sends batches to both servers until one is killed, and both are. */
async function loadAndKill(
  servers: readonly RunningServer[],
  load: KnownLoad,
  acknowledgements: Acknowledgements,
  strike: () => Promise<void>,
): Promise<void> {
  const alive = [...servers];
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (alive.length > 0) {
      const { url } = alive[Math.floor(Math.random() * alive.length)] ?? {};
      if (url === undefined) return;
      // A server that was killed is not asked again at once.
      if (!await acknowledgements.send(url, load.next())) await pause(5);
    }
  });
  await pause(100 + Math.random() * 400);
  await strike();
  // The first dies under the load of both, the second under all of it.
  for (const victim of Math.random() < 0.5 ? servers : servers.toReversed()) {
    await pause(100 + Math.random() * 400);
    await victim.stop("SIGKILL");
    alive.splice(alive.indexOf(victim), 1);
  }
  await Promise.all(clients);
}
