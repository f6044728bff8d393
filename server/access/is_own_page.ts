/**
 * Whether a request that changes something comes from a page of this server,
 * or from no page at all: a browser sends its cookies wherever a page of
 * another site tells it to.
 *
 * Source: https://www.w3.org/TR/fetch-metadata/. Older browsers send an
 * origin alone; it must name the host that they asked.
 */
export function isOwnPage({ headers, url }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (origin === null) return true;
  const { host } = new URL(url);
  return URL.canParse(origin) && new URL(origin).host === host;
}
