import { LOCAL_LIMITS } from "../../storage/kv/limits.ts";
import type { Config } from "../config.ts";
import { serviceOn } from "../service.ts";
import type { Service } from "../service.ts";

/** The server's clock in tests, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 2, 1, 12);

/** Runs a test with a service on a database of its own, in memory. */
export async function withService(
  use: (service: Service, kv: Deno.Kv) => Promise<void>,
  config: Partial<Config> = {},
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const service = serviceOn(
    { kv, limits: LOCAL_LIMITS },
    config,
    () => NOW,
  );
  try {
    await use(service, kv);
  } finally {
    await service.close();
  }
}

/** A request as a client of the loopback address sends it. */
export function post(
  path: string,
  body: BodyInit | object,
  headers: { [name: string]: string } = {},
): Request {
  return new Request(`http://127.0.0.1:8100${path}`, {
    method: "POST",
    body: isBody(body) ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
}

function isBody(body: BodyInit | object): body is BodyInit {
  return typeof body === "string" || body instanceof Uint8Array ||
    body instanceof ReadableStream;
}

export function get(
  path: string,
  headers: { [name: string]: string } = {},
): Request {
  return new Request(`http://127.0.0.1:8100${path}`, { headers });
}
