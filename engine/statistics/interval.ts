/** A closed interval, both ends finite. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
