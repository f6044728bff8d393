import type { JSX } from "preact";
import type { AssignmentStory } from "../../engine/record_list.ts";
import type { EventRecord, ExecutionRecord } from "../../engine/records.ts";
import { flagPagePath } from "../flag_url.ts";
import { formatInstant } from "../format_time.ts";
import { Name } from "../name.tsx";
import { JsonTree } from "./json_tree.tsx";
import { OutcomeMark } from "./outcome_mark.tsx";

/** Props of {@linkcode StoryView}. */
export interface StoryViewProps {
  assignmentId: string;
  story: AssignmentStory;
}

/** Everything that is known about one assignment, in the order of its times. */
export function StoryView(
  { assignmentId, story }: StoryViewProps,
): JSX.Element {
  const { assignment, outcome, executions, events } = story;
  const entries = [
    ...executions.map((execution) => ({
      time: execution.recorded_at,
      view: <Execution execution={execution} />,
    })),
    ...events.map((event) => ({
      time: event.created_at,
      view: <Event event={event} />,
    })),
  ].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || 0);
  return (
    <>
      <header class="page-head">
        <nav aria-label="Breadcrumb">
          {assignment === null
            ? <a href="/">Flags</a>
            : (
              <a href={flagPagePath(assignment.flag_name, "records")}>
                Records of <bdi>{assignment.flag_name.slice(0, 80)}</bdi>
              </a>
            )}
        </nav>
        <div class="page-title">
          <h1>Assignment</h1>
          <OutcomeMark outcome={outcome} />
        </div>
        <p class="muted">
          <Name name={assignmentId} lines={1} />
        </p>
      </header>
      {assignment === null
        ? (
          <p class="card">
            The assignment itself has not come yet: what is here waits for it,
            and counts as soon as it comes.
          </p>
        )
        : (
          <section aria-labelledby="assignment">
            <div class="section-head">
              <h2 id="assignment">Decision</h2>
              <time class="muted" dateTime={assignment.assigned_at}>
                {formatInstant(assignment.assigned_at)}
              </time>
            </div>
            <div class="card">
              <JsonTree value={assignment} />
            </div>
          </section>
        )}
      <section aria-labelledby="story">
        <div class="section-head">
          <h2 id="story">Calls and events</h2>
        </div>
        {entries.length === 0 && <p class="muted">None has been recorded.</p>}
        <ol class="story">
          {entries.map(({ time, view }, at) => (
            <li key={at} class="card">
              <time class="muted" dateTime={time}>{formatInstant(time)}</time>
              {view}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Execution(
  { execution }: { execution: ExecutionRecord },
): JSX.Element {
  return (
    <>
      <h3>Call</h3>
      {execution.error !== null && (
        <p class="error">
          <Name name={execution.error} />
        </p>
      )}
      <JsonTree value={withoutHints(execution)} />
    </>
  );
}

function Event({ event }: { event: EventRecord }): JSX.Element {
  const { event_type, event_name } = event;
  return (
    <>
      <h3>
        {event_type === "custom"
          ? <Name name={event_name} lines={1} />
          : event_type === "success"
          ? "Marked as success"
          : "Marked as failure"}
      </h3>
      <JsonTree value={withoutHints(event)} />
    </>
  );
}

/** Without what only repeats the assignment or says nothing. */
function withoutHints(record: ExecutionRecord | EventRecord): object {
  const hidden = ["assignment_id", "flag_name", "variant_name", "user_id"];
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) =>
      !hidden.includes(name) && value !== null && value !== undefined
    ),
  );
}
