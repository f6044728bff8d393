/**
 * The address of the client, for limits: an IPv6 address stands for the /64
 * that it is in, since whoever has one has all of them.
 *
 * @param trustedProxies How many proxies stand before the server. The last so
 * many entries of `X-Forwarded-For` were added by them; the others can say
 * anything.
 */
export function clientAddress(
  { headers }: Request,
  { remoteAddr }: Pick<Deno.ServeHandlerInfo, "remoteAddr">,
  trustedProxies: number,
): string {
  const direct = "hostname" in remoteAddr ? remoteAddr.hostname : "local";
  if (trustedProxies === 0) return grouped(direct);
  const hops = (headers.get("x-forwarded-for") ?? "").split(",")
    .map((hop) => hop.trim()).filter((hop) => hop !== "");
  return grouped(hops.at(-trustedProxies) ?? hops[0] ?? direct);
}

function grouped(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.replace(/^\[|\]$|%.*$/g, "").split("::");
  const front = head.split(":").filter((part) => part !== "");
  const back = (tail ?? "").split(":").filter((part) => part !== "");
  const missing = tail === undefined ? 0 : 8 - front.length - back.length;
  const parts = [...front, ...Array(Math.max(0, missing)).fill("0"), ...back];
  // An IPv4 address in IPv6 is one client.
  if (address.includes(".")) return parts.at(-1) ?? address;
  return `${parts.slice(0, 4).join(":")}::/64`;
}
