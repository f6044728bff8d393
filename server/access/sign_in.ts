import { isSecure } from "../is_secure.ts";
import { allows } from "./access.ts";
import type { Gate } from "./gate.ts";
import { isOwnPage } from "./is_own_page.ts";
import { sessionCookie } from "./session.ts";

/** Bytes of a form that holds a key and a path. */
const MAX_FORM_BYTES = 64 * 1024;

/** Why nobody was signed in. */
export type SignInFailure = "wrong key" | "no scope" | "too many" | "foreign";

/** What came of a form: the answer that goes on, or what was wrong. */
export interface SignIn {
  /** Where to go afterwards. */
  readonly next: string;
  readonly response: Response | null;
  readonly failure: SignInFailure | null;
  /** Seconds after which another attempt is looked at. */
  readonly wait: number;
}

/**
 * Reads the sign-in form, and begins a session if its key may read.
 *
 * @param now Epoch milliseconds.
 * @throws {KeysUnavailableError} The database does not answer.
 */
export async function signIn(
  gate: Gate,
  request: Request,
  address: string,
  now: number,
): Promise<SignIn> {
  const form = await formOf(request);
  const next = localPath(form.get("next"));
  const fail = (failure: SignInFailure, wait = 0): SignIn => {
    return { next, response: null, failure, wait };
  };
  // Else another site could sign its visitors in with a key of its own.
  if (!isOwnPage(request)) return fail("foreign");
  const headers = new Headers({ location: next });
  await gate.ring.refresh();
  if (!gate.ring.isOpen("read")) {
    const key = gate.identify(form.get("key") ?? "", address);
    if (typeof key === "number") return fail("too many", key);
    if (key === null) return fail("wrong key");
    if (!allows(key.access, "read")) return fail("no scope");
    const cookie = sessionCookie(gate.ring, key, now, isSecure(request));
    headers.set("set-cookie", cookie);
  }
  const response = new Response(null, { status: 303, headers });
  return { next, response, failure: null, wait: 0 };
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
