/**
 * The URL that an app sees of a request: runs of slashes in its path are
 * collapsed, since a path that begins with two would name another host. Null
 * when the request makes no URL: any text can come as its Host.
 *
 * @param req the request
 * @param trustProxy whether forwarded headers say how the client named it
 */
export function urlOf(req: Request, trustProxy: boolean): URL | null {
  const url = URL.parse(req.url);
  if (url === null) return null;
  if (url.pathname.includes("//")) {
    url.pathname = url.pathname.replace(/\/+/g, "/");
  }
  if (trustProxy) {
    const protocol = req.headers.get("x-forwarded-proto");
    if (protocol) url.protocol = `${protocol}:`;
    const host = req.headers.get("x-forwarded-host");
    if (host) url.host = host;
  }
  return url;
}
