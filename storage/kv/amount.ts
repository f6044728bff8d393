/**
 * An exact integer of any size: a number as long as that is exact, and a
 * bigint beyond. Most amounts are small, and numbers are several times faster.
 */
export type Amount = number | bigint;

/** An integer as an amount; of a double beyond 2^53, its exact value. */
export function amountOf(value: number): Amount {
  return Number.isSafeInteger(value) ? value : BigInt(value);
}

/** a + b */
export function plus(a: Amount, b: Amount): Amount {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrowed(BigInt(a) + BigInt(b));
}

/** a − b */
export function minus(a: Amount, b: Amount): Amount {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return narrowed(BigInt(a) - BigInt(b));
}

/** a · b */
export function times(a: Amount, b: Amount): Amount {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Adding zero turns minus zero into zero.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return narrowed(BigInt(a) * BigInt(b));
}

/** A bigint as an amount. */
export function narrowed(value: bigint): Amount {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;
}
