/**
 * Marks a link to the page that it is on, or to a page above it, for styles
 * and for screen readers. What the page says itself stays.
 *
 * @param props the link's attributes, which are changed
 * @param url the page's URL
 */
export function markActiveLink(
  props: Record<string, unknown>,
  url: URL,
): void {
  const { href } = props;
  if (typeof href !== "string" || !href.startsWith("/")) return;
  if (props["aria-current"] !== undefined) return;

  const target = URL.parse(href, "http://localhost");
  if (target === null) return;
  const here = withoutSlash(url.pathname);
  const there = withoutSlash(target.pathname);

  const isSame = here === there &&
    (target.search === "" || target.search === url.search);
  if (isSame) {
    props["data-current"] = "true";
    props["aria-current"] = "page";
  } else if (
    here === there || there === "/" || here.startsWith(`${there}/`)
  ) {
    props["data-ancestor"] = "true";
    props["aria-current"] = "true";
  }
}

function withoutSlash(pathname: string): string {
  return pathname !== "/" && pathname.endsWith("/")
    ? pathname.slice(0, -1)
    : pathname;
}
