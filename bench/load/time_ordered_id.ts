/**
 * A UUID of version 7: its first 48 bits are the time, the others random.
 *
 * @param millis Milliseconds since 1970-01-01 UTC.
 */
export function timeOrderedId(millis: number): string {
  const time = millis.toString(16).padStart(12, "0");
  const random = crypto.randomUUID().slice(14);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(1)}`;
}
