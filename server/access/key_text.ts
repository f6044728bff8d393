import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

/** A key that was just made: shown once, and kept nowhere. */
export interface NewKey {
  readonly id: string;
  /** What its holder sends. */
  readonly text: string;
  /** What is kept of it. */
  readonly digest: string;
}

/** The parts of a key that somebody sent. */
export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

const FORM = /^mlab_([0-9a-f]{12})_([\w-]{43})$/;
const ID_BYTES = 6;
const SECRET_BYTES = 32;

/** Makes a key of 256 random bits: `mlab_`, its id, `_`, its secret. */
export function newKey(): NewKey {
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(ID_BYTES)))
    .toString("hex");
  const secret = Buffer.from(
    crypto.getRandomValues(new Uint8Array(SECRET_BYTES)),
  ).toString("base64url");
  return { id, text: `mlab_${id}_${secret}`, digest: digestOf(secret) };
}

/** The parts of a key, or null when it is none that {@linkcode newKey} made. */
export function keyParts(text: string): KeyParts | null {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** SHA-256, in base64url: enough for what is random already. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Compares digests in a time that says nothing about where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
