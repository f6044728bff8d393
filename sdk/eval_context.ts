/** For whom to decide. */
export interface EvalContext {
  /**
   * The user: the unit that is randomised and counted. The same user always
   * gets the same variant of a flag.
   */
  readonly userId: string;
  /**
   * Kept with the assignment: at most 10,000 characters.
   *
   * @default ""
   */
  readonly sessionId?: string | undefined;
}
