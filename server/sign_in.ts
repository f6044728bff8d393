import { isSecure } from "./is_secure.ts";
import { sameKey } from "./same_key.ts";
import type { Service } from "./service.ts";
import { sessionCookie } from "./session.ts";

/** Bytes of a form that holds a key and a path. */
const MAX_FORM_BYTES = 64 * 1024;

/** Where to go, and the answer that goes there; null when the key is wrong. */
export interface SignIn {
  readonly next: string;
  readonly response: Response | null;
}

/** Reads the sign-in form, and begins a session if its key is the read key. */
export async function signIn(
  { config, now }: Service,
  request: Request,
): Promise<SignIn> {
  const form = await formOf(request);
  const next = localPath(form.get("next"));
  const { readKey } = config;
  if (readKey !== null && !sameKey(form.get("key") ?? "", readKey)) {
    return { next, response: null };
  }
  const headers = new Headers({ location: next });
  if (readKey !== null) {
    headers.set("set-cookie", sessionCookie(readKey, now(), isSecure(request)));
  }
  return { next, response: new Response(null, { status: 303, headers }) };
}

async function formOf(request: Request): Promise<URLSearchParams> {
  const length = Number(request.headers.get("content-length"));
  if (!(length > 0 && length <= MAX_FORM_BYTES)) return new URLSearchParams();
  return new URLSearchParams(await request.text());
}

/**
 * A path on this server, to which a browser may be sent: anything else stands
 * for the front page, so that a link to the sign-in page leads nowhere else.
 */
export function localPath(next: string | null): string {
  const base = "http://localhost";
  if (next === null || !next.startsWith("/") || !URL.canParse(next, base)) {
    return "/";
  }
  const { origin, pathname, search } = new URL(next, base);
  // `/..//host` has become `//host`, which names a host.
  return origin === base && !pathname.startsWith("//")
    ? pathname + search
    : "/";
}
