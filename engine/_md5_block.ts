/**
 * Mixes one block of 64 bytes into the state of an MD5.
 *
 * The steps are written out, since a loop takes half as long again. Each
 * begins with what it has, since one word comes from the step before: it adds
 * block and constant first, takes that word last where the order of a term is
 * free, and in round 2 splits the choice into two sums.
 *
 * Source: RFC 1321, section 3.4; constants as signed 32-bit integers.
 *
 * @param state Four words, changed in place.
 * @param words Little-endian words, sixteen of them from the offset on.
 */
export function mixMd5Block(
  state: Int32Array,
  words: Int32Array,
  offset: number,
): void {
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  const x0 = words[offset] ?? 0;
  const x1 = words[offset + 1] ?? 0;
  const x2 = words[offset + 2] ?? 0;
  const x3 = words[offset + 3] ?? 0;
  const x4 = words[offset + 4] ?? 0;
  const x5 = words[offset + 5] ?? 0;
  const x6 = words[offset + 6] ?? 0;
  const x7 = words[offset + 7] ?? 0;
  const x8 = words[offset + 8] ?? 0;
  const x9 = words[offset + 9] ?? 0;
  const x10 = words[offset + 10] ?? 0;
  const x11 = words[offset + 11] ?? 0;
  const x12 = words[offset + 12] ?? 0;
  const x13 = words[offset + 13] ?? 0;
  const x14 = words[offset + 14] ?? 0;
  const x15 = words[offset + 15] ?? 0;

  // Round 1
  a = (a + x0 - 680876936 | 0) + ((c ^ d) & b ^ d) | 0;
  a = (a << 7 | a >>> 25) + b | 0;
  d = (d + x1 - 389564586 | 0) + ((b ^ c) & a ^ c) | 0;
  d = (d << 12 | d >>> 20) + a | 0;
  c = (c + x2 + 606105819 | 0) + ((a ^ b) & d ^ b) | 0;
  c = (c << 17 | c >>> 15) + d | 0;
  b = (b + x3 - 1044525330 | 0) + ((d ^ a) & c ^ a) | 0;
  b = (b << 22 | b >>> 10) + c | 0;
  a = (a + x4 - 176418897 | 0) + ((c ^ d) & b ^ d) | 0;
  a = (a << 7 | a >>> 25) + b | 0;
  d = (d + x5 + 1200080426 | 0) + ((b ^ c) & a ^ c) | 0;
  d = (d << 12 | d >>> 20) + a | 0;
  c = (c + x6 - 1473231341 | 0) + ((a ^ b) & d ^ b) | 0;
  c = (c << 17 | c >>> 15) + d | 0;
  b = (b + x7 - 45705983 | 0) + ((d ^ a) & c ^ a) | 0;
  b = (b << 22 | b >>> 10) + c | 0;
  a = (a + x8 + 1770035416 | 0) + ((c ^ d) & b ^ d) | 0;
  a = (a << 7 | a >>> 25) + b | 0;
  d = (d + x9 - 1958414417 | 0) + ((b ^ c) & a ^ c) | 0;
  d = (d << 12 | d >>> 20) + a | 0;
  c = (c + x10 - 42063 | 0) + ((a ^ b) & d ^ b) | 0;
  c = (c << 17 | c >>> 15) + d | 0;
  b = (b + x11 - 1990404162 | 0) + ((d ^ a) & c ^ a) | 0;
  b = (b << 22 | b >>> 10) + c | 0;
  a = (a + x12 + 1804603682 | 0) + ((c ^ d) & b ^ d) | 0;
  a = (a << 7 | a >>> 25) + b | 0;
  d = (d + x13 - 40341101 | 0) + ((b ^ c) & a ^ c) | 0;
  d = (d << 12 | d >>> 20) + a | 0;
  c = (c + x14 - 1502002290 | 0) + ((a ^ b) & d ^ b) | 0;
  c = (c << 17 | c >>> 15) + d | 0;
  b = (b + x15 + 1236535329 | 0) + ((d ^ a) & c ^ a) | 0;
  b = (b << 22 | b >>> 10) + c | 0;
  // Round 2
  a = (a + x1 - 165796510 + (c & ~d) | 0) + (b & d) | 0;
  a = (a << 5 | a >>> 27) + b | 0;
  d = (d + x6 - 1069501632 + (b & ~c) | 0) + (a & c) | 0;
  d = (d << 9 | d >>> 23) + a | 0;
  c = (c + x11 + 643717713 + (a & ~b) | 0) + (d & b) | 0;
  c = (c << 14 | c >>> 18) + d | 0;
  b = (b + x0 - 373897302 + (d & ~a) | 0) + (c & a) | 0;
  b = (b << 20 | b >>> 12) + c | 0;
  a = (a + x5 - 701558691 + (c & ~d) | 0) + (b & d) | 0;
  a = (a << 5 | a >>> 27) + b | 0;
  d = (d + x10 + 38016083 + (b & ~c) | 0) + (a & c) | 0;
  d = (d << 9 | d >>> 23) + a | 0;
  c = (c + x15 - 660478335 + (a & ~b) | 0) + (d & b) | 0;
  c = (c << 14 | c >>> 18) + d | 0;
  b = (b + x4 - 405537848 + (d & ~a) | 0) + (c & a) | 0;
  b = (b << 20 | b >>> 12) + c | 0;
  a = (a + x9 + 568446438 + (c & ~d) | 0) + (b & d) | 0;
  a = (a << 5 | a >>> 27) + b | 0;
  d = (d + x14 - 1019803690 + (b & ~c) | 0) + (a & c) | 0;
  d = (d << 9 | d >>> 23) + a | 0;
  c = (c + x3 - 187363961 + (a & ~b) | 0) + (d & b) | 0;
  c = (c << 14 | c >>> 18) + d | 0;
  b = (b + x8 + 1163531501 + (d & ~a) | 0) + (c & a) | 0;
  b = (b << 20 | b >>> 12) + c | 0;
  a = (a + x13 - 1444681467 + (c & ~d) | 0) + (b & d) | 0;
  a = (a << 5 | a >>> 27) + b | 0;
  d = (d + x2 - 51403784 + (b & ~c) | 0) + (a & c) | 0;
  d = (d << 9 | d >>> 23) + a | 0;
  c = (c + x7 + 1735328473 + (a & ~b) | 0) + (d & b) | 0;
  c = (c << 14 | c >>> 18) + d | 0;
  b = (b + x12 - 1926607734 + (d & ~a) | 0) + (c & a) | 0;
  b = (b << 20 | b >>> 12) + c | 0;
  // Round 3
  a = (a + x5 - 378558 | 0) + (c ^ d ^ b) | 0;
  a = (a << 4 | a >>> 28) + b | 0;
  d = (d + x8 - 2022574463 | 0) + (b ^ c ^ a) | 0;
  d = (d << 11 | d >>> 21) + a | 0;
  c = (c + x11 + 1839030562 | 0) + (a ^ b ^ d) | 0;
  c = (c << 16 | c >>> 16) + d | 0;
  b = (b + x14 - 35309556 | 0) + (d ^ a ^ c) | 0;
  b = (b << 23 | b >>> 9) + c | 0;
  a = (a + x1 - 1530992060 | 0) + (c ^ d ^ b) | 0;
  a = (a << 4 | a >>> 28) + b | 0;
  d = (d + x4 + 1272893353 | 0) + (b ^ c ^ a) | 0;
  d = (d << 11 | d >>> 21) + a | 0;
  c = (c + x7 - 155497632 | 0) + (a ^ b ^ d) | 0;
  c = (c << 16 | c >>> 16) + d | 0;
  b = (b + x10 - 1094730640 | 0) + (d ^ a ^ c) | 0;
  b = (b << 23 | b >>> 9) + c | 0;
  a = (a + x13 + 681279174 | 0) + (c ^ d ^ b) | 0;
  a = (a << 4 | a >>> 28) + b | 0;
  d = (d + x0 - 358537222 | 0) + (b ^ c ^ a) | 0;
  d = (d << 11 | d >>> 21) + a | 0;
  c = (c + x3 - 722521979 | 0) + (a ^ b ^ d) | 0;
  c = (c << 16 | c >>> 16) + d | 0;
  b = (b + x6 + 76029189 | 0) + (d ^ a ^ c) | 0;
  b = (b << 23 | b >>> 9) + c | 0;
  a = (a + x9 - 640364487 | 0) + (c ^ d ^ b) | 0;
  a = (a << 4 | a >>> 28) + b | 0;
  d = (d + x12 - 421815835 | 0) + (b ^ c ^ a) | 0;
  d = (d << 11 | d >>> 21) + a | 0;
  c = (c + x15 + 530742520 | 0) + (a ^ b ^ d) | 0;
  c = (c << 16 | c >>> 16) + d | 0;
  b = (b + x2 - 995338651 | 0) + (d ^ a ^ c) | 0;
  b = (b << 23 | b >>> 9) + c | 0;
  // Round 4
  a = (a + x0 - 198630844 | 0) + ((b | ~d) ^ c) | 0;
  a = (a << 6 | a >>> 26) + b | 0;
  d = (d + x7 + 1126891415 | 0) + ((a | ~c) ^ b) | 0;
  d = (d << 10 | d >>> 22) + a | 0;
  c = (c + x14 - 1416354905 | 0) + ((d | ~b) ^ a) | 0;
  c = (c << 15 | c >>> 17) + d | 0;
  b = (b + x5 - 57434055 | 0) + ((c | ~a) ^ d) | 0;
  b = (b << 21 | b >>> 11) + c | 0;
  a = (a + x12 + 1700485571 | 0) + ((b | ~d) ^ c) | 0;
  a = (a << 6 | a >>> 26) + b | 0;
  d = (d + x3 - 1894986606 | 0) + ((a | ~c) ^ b) | 0;
  d = (d << 10 | d >>> 22) + a | 0;
  c = (c + x10 - 1051523 | 0) + ((d | ~b) ^ a) | 0;
  c = (c << 15 | c >>> 17) + d | 0;
  b = (b + x1 - 2054922799 | 0) + ((c | ~a) ^ d) | 0;
  b = (b << 21 | b >>> 11) + c | 0;
  a = (a + x8 + 1873313359 | 0) + ((b | ~d) ^ c) | 0;
  a = (a << 6 | a >>> 26) + b | 0;
  d = (d + x15 - 30611744 | 0) + ((a | ~c) ^ b) | 0;
  d = (d << 10 | d >>> 22) + a | 0;
  c = (c + x6 - 1560198380 | 0) + ((d | ~b) ^ a) | 0;
  c = (c << 15 | c >>> 17) + d | 0;
  b = (b + x13 + 1309151649 | 0) + ((c | ~a) ^ d) | 0;
  b = (b << 21 | b >>> 11) + c | 0;
  a = (a + x4 - 145523070 | 0) + ((b | ~d) ^ c) | 0;
  a = (a << 6 | a >>> 26) + b | 0;
  d = (d + x11 - 1120210379 | 0) + ((a | ~c) ^ b) | 0;
  d = (d << 10 | d >>> 22) + a | 0;
  c = (c + x2 + 718787259 | 0) + ((d | ~b) ^ a) | 0;
  c = (c << 15 | c >>> 17) + d | 0;
  b = (b + x9 - 343485551 | 0) + ((c | ~a) ^ d) | 0;
  b = (b << 21 | b >>> 11) + c | 0;

  state[0] = a + (state[0] ?? 0) | 0;
  state[1] = b + (state[1] ?? 0) | 0;
  state[2] = c + (state[2] ?? 0) | 0;
  state[3] = d + (state[3] ?? 0) | 0;
}
