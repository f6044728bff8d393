import type { JSX } from "preact";
import type { EventRecord, ExecutionRecord } from "../../engine/records.ts";
import { formatCount, formatDuration, formatMoney } from "../format.ts";
import { formatInstant } from "../format_time.ts";
import { Name } from "../name.tsx";
import { Value } from "../value.tsx";
import { Fact, FactList } from "./fact_list.tsx";
import { JsonTree } from "./json_tree.tsx";

/** Props of {@linkcode CallEntry}. */
export interface CallEntryProps {
  execution: ExecutionRecord;
}

/** One call: what it took and cost, its error, its metadata. */
export function CallEntry({ execution }: CallEntryProps): JSX.Element {
  const { error, metadata_json, recorded_at, step } = execution;
  return (
    <>
      <Head title={step ? `Call: ${step}` : "Call"} time={recorded_at} />
      <CallFacts execution={execution} />
      {error !== null && (
        <p class="error">
          <Name name={error} />
        </p>
      )}
      <Details name="Metadata" value={metadata_json} record={execution} />
    </>
  );
}

/** Props of {@linkcode EventEntry}. */
export interface EventEntryProps {
  event: EventRecord;
}

/** One event: its name, its value, its payload. */
export function EventEntry({ event }: EventEntryProps): JSX.Element {
  const { event_type, event_name, created_at, payload_json, value } = event;
  const title = event_type === "custom"
    ? event_name
    : event_type === "success"
    ? "Marked as success"
    : "Marked as failure";
  return (
    <>
      <Head title={title} time={created_at} />
      {typeof value === "number" && (
        <FactList>
          <Fact term="Value">{String(value)}</Fact>
        </FactList>
      )}
      <Details name="Payload" value={payload_json} record={event} />
    </>
  );
}

function Head({ title, time }: { title: string; time: string }): JSX.Element {
  return (
    <div class="story-head">
      <h3>
        <Name name={title} lines={1} />
      </h3>
      <time class="muted" dateTime={time}>{formatInstant(time)}</time>
    </div>
  );
}

function CallFacts({ execution }: CallEntryProps): JSX.Element {
  const { ttft_ms, cache_read_tokens, reasoning_tokens } = execution;
  const some = (count: number | null | undefined): string | null =>
    count ? formatCount(count) : null;
  const model = modelText(execution);
  return (
    <FactList>
      <Fact term="Latency">
        <Value value={execution.latency_ms} format={formatDuration} />
      </Fact>
      <Fact term="First token">
        {typeof ttft_ms === "number" ? formatDuration(ttft_ms) : null}
      </Fact>
      <Fact term="Input tokens">
        <Value value={execution.input_tokens} format={formatCount} />
      </Fact>
      <Fact term="From cache">{some(cache_read_tokens)}</Fact>
      <Fact term="Output tokens">
        <Value value={execution.output_tokens} format={formatCount} />
      </Fact>
      <Fact term="For reasoning">{some(reasoning_tokens)}</Fact>
      <Fact term="Cost">
        <Value value={execution.cost} format={formatMoney} />
      </Fact>
      <Fact term="Model">
        {model === "" ? null : <Name name={model} lines={1} />}
      </Fact>
      <Fact term="Stream">{execution.aborted ? "broken off" : null}</Fact>
    </FactList>
  );
}

/** The model asked for, and the one that answered where it is another. */
function modelText({ model, response_model }: ExecutionRecord): string {
  return [...new Set([model, response_model])].filter(Boolean).join(" → ");
}

interface DetailsProps {
  /** What the free part is called. */
  name: string;
  value: object;
  record: ExecutionRecord | EventRecord;
}

/** The free part of a record as a tree, and every field on demand. */
function Details({ name, value, record }: DetailsProps): JSX.Element {
  return (
    <>
      {Object.keys(value).length > 0 && (
        <>
          <h4>{name}</h4>
          <JsonTree value={value} />
        </>
      )}
      <details class="all-fields">
        <summary>All fields</summary>
        <JsonTree value={withoutHints(record)} />
      </details>
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
