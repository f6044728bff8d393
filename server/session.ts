import { createHmac } from "node:crypto";
import { sameKey } from "./same_key.ts";

const COOKIE = "modelab_session";
const WEEK = 7 * 24 * 3600;

/**
 * The cookie of someone who has shown the read key: the time at which it
 * expires, signed. The server keeps nothing, and another key ends all
 * sessions.
 *
 * @param now Epoch milliseconds.
 * @param secure Whether the browser talks to the server over TLS.
 */
export function sessionCookie(
  readKey: string,
  now: number,
  secure: boolean,
): string {
  const expires = String(Math.floor(now / 1000) + WEEK);
  const value = `${expires}.${sign(expires, readKey)}`;
  return cookie(value, WEEK, secure);
}

/** The cookie that ends a session. */
export function endedCookie(secure: boolean): string {
  return cookie("", 0, secure);
}

/** Whether a request comes with a session that the key has signed. */
export function hasSession(
  request: Request,
  readKey: string,
  now: number,
): boolean {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=", 2);
    if (name !== COOKIE) continue;
    const [expires = "", signature = ""] = value.split(".", 2);
    if (
      sameKey(signature, sign(expires, readKey)) &&
      Number(expires) * 1000 > now
    ) return true;
  }
  return false;
}

function sign(expires: string, readKey: string): string {
  return createHmac("sha256", readKey).update(`session ${expires}`)
    .digest("base64url");
}

function cookie(value: string, maxAge: number, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${
    secure ? "; Secure" : ""
  }`;
}
