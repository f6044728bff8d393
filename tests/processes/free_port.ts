/**
 * A port of 127.0.0.1 that nobody listens on, for a server that is to come back
 * at it. It lies below those that systems give to clients: one of these could
 * have it while the server is away, even one that tries to reach the server.
 */
export function freePort(): number {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
