/** Where an app listens. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & {
    /** The address under which others reach the app, to be shown. */
    remoteAddress?: string;
  };

type Handler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/**
 * Serves a handler, on the first free port if none is given.
 *
 * @param handler what answers
 * @param basePath the path under which the app lives, to be shown
 * @param options where to listen
 */
export function listenOn(
  handler: Handler,
  basePath: string,
  options: ListenOptions,
): void {
  const { remoteAddress, ...server } = options;
  const onListen = options.onListen ?? ((address: Deno.NetAddr) => {
    const scheme = server.key !== undefined ? "https" : "http";
    const host = address.hostname.includes(":")
      ? `[${address.hostname}]`
      : address.hostname;
    console.log(`Listening on ${scheme}://${host}:${address.port}${basePath}/`);
    if (remoteAddress !== undefined) console.log(`Remote: ${remoteAddress}`);
  });

  if (options.port !== undefined) {
    Deno.serve({ ...server, onListen }, handler);
    return;
  }
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    try {
      Deno.serve({ ...server, onListen, port }, handler);
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || port === LAST_PORT) {
        throw error;
      }
    }
  }
}
