import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { sameDigest } from "./key_text.ts";
import type { ActiveKey, KeyRing } from "./key_ring.ts";

const COOKIE = "modelab_session";
const WEEK = 7 * 24 * 3600;

/**
 * The cookie of someone who has shown a key: the key's id and the time at
 * which the session expires, signed with a secret of the database. The server
 * keeps nothing; revoking or changing the key ends its sessions.
 *
 * @param now Epoch milliseconds.
 * @param secure Whether the browser talks to the server over TLS.
 */
export function sessionCookie(
  ring: KeyRing,
  key: ActiveKey,
  now: number,
  secure: boolean,
): string {
  const expires = String(Math.floor(now / 1000) + WEEK);
  const value = `${expires}.${key.access.id}.${sign(ring, key, expires)}`;
  return cookie(value, WEEK, secure);
}

/** The cookie that ends a session. */
export function endedCookie(secure: boolean): string {
  return cookie("", 0, secure);
}

/** The key with which a request's session began, or null without one. */
export function sessionKey(
  request: Request,
  ring: KeyRing,
  now: number,
): ActiveKey | null {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=", 2);
    if (name !== COOKIE) continue;
    const [expires = "", id = "", signature = ""] = value.split(".", 3);
    const key = ring.byId(id);
    if (key === null) continue;
    if (
      sameDigest(signature, sign(ring, key, expires)) &&
      Number(expires) * 1000 > now
    ) return key;
  }
  return null;
}

function sign(
  { sessionSecret }: KeyRing,
  { access: { id }, digest }: ActiveKey,
  expires: string,
): string {
  return createHmac("sha256", Buffer.from(sessionSecret))
    .update(`session ${expires} ${id} ${digest}`).digest("base64url");
}

function cookie(value: string, maxAge: number, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${
    secure ? "; Secure" : ""
  }`;
}
