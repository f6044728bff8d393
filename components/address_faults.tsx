import type { JSX } from "preact";

/** A parameter of an address that takes one of some values. */
export interface ChoiceParameter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Of a page that can be taken away as a file. */
export const FILE_FORMATS: ChoiceParameter = {
  name: "format",
  values: ["csv", "json"],
};

/** What is wrong with an address, parameter by parameter; empty is not asked. */
export function addressFaults(
  params: URLSearchParams,
  choices: readonly ChoiceParameter[],
): string[] {
  return choices.flatMap(({ name, values }) => {
    const text = params.get(name)?.trim() ?? "";
    return text === "" || values.includes(text)
      ? []
      : [`${name} must be ${ruleOf(values)}, got “${text.slice(0, 60)}”`];
  });
}

function ruleOf(values: readonly string[]): string {
  return values.length > 2
    ? `one of ${values.join(", ")}`
    : values.join(" or ");
}

/** Props of {@linkcode AddressFaults}. */
export interface AddressFaultsProps {
  readonly faults: readonly string[];
}

/** Says that a page does not show what its address asks for. */
export function AddressFaults(
  { faults }: AddressFaultsProps,
): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <p class="card error" role="alert">
      This address asks for what cannot be: {faults.join("; ")}
      {". "}
      The page is shown without that.
    </p>
  );
}
