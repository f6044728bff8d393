import type { QueuedRecord } from "../storage/http/record_buffer.ts";
import type { Choice } from "./registered_flag.ts";
import { quote } from "./quote.ts";
import type { IdStamp } from "./uuid.ts";

/** What the records under an assignment need of it. */
export interface Decided {
  readonly assignmentId: string;
  /** The beginning of their JSON, which says whose they are. */
  readonly hintsJson: string;
  readonly choice: {
    readonly variant: Pick<
      Choice["variant"],
      "flagName" | "name" | "config"
    >;
    readonly overridden: boolean;
  };
}

/**
 * The record of a decision. It holds what the record is made of, and becomes
 * text when it is sent: most of the time that `assign()` would take goes into
 * text, and of many assignments nobody ever asks the id.
 */
export class DecisionRecord implements QueuedRecord, Decided {
  readonly micros: number;
  readonly choice: Choice;
  readonly userId: string;
  readonly sessionId: string;
  readonly stamp: IdStamp;

  // No private fields: to make them takes older engines as long as the rest.
  constructor(
    choice: Choice,
    userId: string,
    sessionId: string,
    micros: number,
    stamp: IdStamp,
  ) {
    this.choice = choice;
    this.userId = userId;
    this.sessionId = sessionId;
    this.micros = micros;
    this.stamp = stamp;
  }

  get kind(): "assignments" {
    return "assignments";
  }

  /** About how many characters the JSON has. */
  get chars(): number {
    return this.choice.variant.chars + this.userId.length +
      this.sessionId.length;
  }

  get assignmentId(): string {
    return this.stamp.id(this.micros);
  }

  /**
   * The beginning of the JSON of this and all records under the assignment,
   * which says whose they are.
   */
  get hintsJson(): string {
    return `{"assignment_id":"${this.assignmentId}",` +
      `${this.choice.variant.hintsJson},"user_id":${quote(this.userId)}`;
  }

  get json(): string {
    const { variant, overridden } = this.choice;
    return `${this.hintsJson},"session_id":${quote(this.sessionId)},` +
      variant.decisionJson + (overridden ? ',"overridden":true}' : "}");
  }
}
