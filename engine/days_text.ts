const YEAR = 365;

/** "about 26 days"; beyond a year, how many it is says nothing. */
export function daysText(days: number): string {
  const whole = Math.ceil(days);
  if (whole > YEAR) return "more than a year";
  return `about ${whole} ${whole === 1 ? "day" : "days"}`;
}
