import type { JSX } from "preact";
import type { AssignmentStory } from "../../engine/record_list.ts";
import type { AssignmentRecord } from "../../engine/records.ts";
import { flagPagePath } from "../flag_url.ts";
import { formatInstant } from "../format_time.ts";
import { Name } from "../name.tsx";
import { Fact, FactList } from "./fact_list.tsx";
import { JsonTree } from "./json_tree.tsx";
import { OutcomeMark } from "./outcome_mark.tsx";
import { CallEntry, EventEntry } from "./story_entry.tsx";

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
      view: <CallEntry execution={execution} />,
    })),
    ...events.map((event) => ({
      time: event.created_at,
      view: <EventEntry event={event} />,
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
          <Name name={assignmentId} />
        </p>
      </header>
      {assignment === null
        ? (
          <p class="card">
            The assignment itself has not come yet: what is here waits for it,
            and counts as soon as it comes.
          </p>
        )
        : <Decision assignment={assignment} />}
      <section aria-labelledby="story">
        <div class="section-head">
          <h2 id="story">Calls and events</h2>
        </div>
        {entries.length === 0 && (
          <p class="card muted">None has been recorded.</p>
        )}
        <ol class="story">
          {entries.map(({ view }, at) => <li key={at} class="card">{view}</li>)}
        </ol>
      </section>
    </>
  );
}

/** Who got which variant with which config, and when. */
function Decision(
  { assignment }: { assignment: AssignmentRecord },
): JSX.Element {
  const { flag_name, variant_name, user_id, session_id } = assignment;
  const { assigned_at, overridden } = assignment;
  const records = flagPagePath(flag_name, "records");
  return (
    <section aria-labelledby="assignment">
      <div class="section-head">
        <h2 id="assignment">Decision</h2>
      </div>
      <div class="card story-entry">
        <FactList>
          <Fact term="Variant">
            <Name name={variant_name} />
          </Fact>
          <Fact term="User">
            {user_id === "" ? "(empty)" : (
              <a
                href={`${records}?${new URLSearchParams({ user: user_id })}`}
              >
                <Name name={user_id} />
              </a>
            )}
          </Fact>
          <Fact term="Session">
            {session_id === "" ? null : <Name name={session_id} />}
          </Fact>
          <Fact term="Flag">
            <a href={flagPagePath(flag_name)}>
              <Name name={flag_name} />
            </a>
          </Fact>
          <Fact term="Assigned">
            <time dateTime={assigned_at}>{formatInstant(assigned_at)}</time>
          </Fact>
          <Fact term="Variant was">{overridden ? "forced" : null}</Fact>
        </FactList>
        <h3>Config</h3>
        <JsonTree value={assignment.config_json} />
        <details class="all-fields">
          <summary>All fields</summary>
          <JsonTree value={assignment} />
        </details>
      </div>
    </section>
  );
}
