/** An estimate with its precision: what every test and interval takes. */
export interface Estimate {
  /** Independent units that it is over. */
  readonly users: number;
  /** In the metric's unit. */
  readonly value: number;
  /**
   * Of the value itself, in the square of its unit: the squared standard
   * error, not the variance of one user.
   */
  readonly variance: number;
}
