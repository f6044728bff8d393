import type { JSX } from "preact";
import type { RecordQuery } from "../../engine/record_list.ts";

/** Props of {@linkcode RecordFilters}. */
export interface RecordFiltersProps {
  query: RecordQuery;
  variantNames: readonly string[];
  /** Where the form leads. */
  action: string;
}

/** Chooses which assignments are listed: a plain form. */
export function RecordFilters(
  { query, variantNames, action }: RecordFiltersProps,
): JSX.Element {
  const { variant, outcome, error, user, assignmentId } = query;
  return (
    <form class="controls" method="get" action={action}>
      <Choice
        name="variant"
        label="Variant"
        value={variant ?? ""}
        choices={[
          ["", "All"],
          ...variantNames.map((name) => [name, name.slice(0, 60)] as const),
        ]}
      />
      <Choice
        name="outcome"
        label="Outcome"
        value={outcome ?? ""}
        choices={[
          ["", "Any"],
          ["success", "Success"],
          ["failure", "Failure"],
          ["none", "Unmarked"],
        ]}
      />
      <Choice
        name="error"
        label="Errors"
        value={error === undefined ? "" : error ? "yes" : "no"}
        choices={[["", "Any"], ["yes", "With errors"], ["no", "Without"]]}
      />
      <label>
        <span>User</span>
        <input name="user" type="search" value={user ?? ""} />
      </label>
      <label>
        <span>Assignment</span>
        <input name="id" type="search" value={assignmentId ?? ""} />
      </label>
      <button type="submit">Show</button>
      {[variant, outcome, error, user, assignmentId].some((part) =>
        part !== undefined
      ) && <a href={action}>Show all</a>}
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
}

function Choice({ name, label, value, choices }: ChoiceProps): JSX.Element {
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice} selected={choice === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
