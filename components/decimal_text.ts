const formats = new Map<number, Intl.NumberFormat>();

/**
 * A size as `Intl.NumberFormat` writes it in English: `1,234.50`. A page has a
 * thousand of them, and most are small, which `toFixed()` writes in a fraction
 * of the time. It rounds what a double is, and not what it reads as, so that
 * halves are left to the former: 1.005 is a little less than it says.
 *
 * @param size At least 0.
 * @param decimals From 0 to 9.
 */
export function decimalText(size: number, decimals: number): string {
  const scaled = size * 10 ** decimals;
  const isHalf = Math.abs(scaled - Math.floor(scaled) - 0.5) <
    Math.max(1e-6, scaled * 1e-15);
  return size < 999 && !isHalf
    ? size.toFixed(decimals)
    : formatWith(decimals).format(size);
}

/** To make a format takes far longer than to use it. */
function formatWith(decimals: number): Intl.NumberFormat {
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  return format;
}
