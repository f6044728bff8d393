/**
 * Lets `Date.now()`, from which the SDK takes the time of a record, stand where
 * it is set: seconds of the demo stand for days of an app. To be made before
 * the SDK is initialised.
 */
export class DemoClock implements Disposable {
  /** Epoch milliseconds; null for the system's time. */
  time: number | null = null;
  readonly #now: () => number = Date.now;

  constructor() {
    Date.now = () => this.time ?? this.#now();
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
  }
}
