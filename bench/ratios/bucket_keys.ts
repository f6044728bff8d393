/** The flag of the keys that are hashed. */
export const FLAG = "summarizer_v2";

const COUNT = 2_000;

/** Users whose keys have 33 bytes, and users whose ids are not ASCII. */
export const USERS: { readonly [kind: string]: readonly string[] } = {
  ascii: Array.from(
    { length: COUNT },
    (_, i) => `user_${String(i).padStart(6, "0")}_abcdefg`,
  ),
  other: Array.from({ length: COUNT }, (_, i) => `利用者_${1000 + i}_é😀`),
};
