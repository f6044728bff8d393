import type { JSX } from "preact";

/** Why somebody was not signed in. */
export type SignInFailure = "wrong key" | "no scope" | "too many" | "foreign";

/** Props of {@linkcode SignInForm}. */
export interface SignInFormProps {
  /** The path to go to afterwards. */
  next: string;
  /** Why the last attempt failed; null when there was none. */
  failure: SignInFailure | null;
}

const REASONS: { readonly [failure in SignInFailure]: string } = {
  "wrong key": "That is not a key of this server, or it was revoked.",
  "no scope": "That key cannot read: it needs the scope read.",
  "too many": "Too many wrong keys came from your address. Wait a little.",
  "foreign": "The form came from another site. Send this one.",
};

/** Asks for the key that reading needs. */
export function SignInForm({ next, failure }: SignInFormProps): JSX.Element {
  const failed = failure !== null;
  return (
    <form class="card sign-in" method="post" action="/sign-in">
      <input type="hidden" name="next" value={next} />
      <label for="key">Read key</label>
      <input
        id="key"
        name="key"
        type="password"
        required
        autoComplete="current-password"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby={failed ? "key-help key-error" : "key-help"}
        aria-invalid={failed}
      />
      {failed && (
        <p id="key-error" class="error" role="alert">{REASONS[failure]}</p>
      )}
      <p id="key-help" class="note">
        A key with the scope read, or the value of <code>MODELAB_READ_KEY</code>
        {" "}
        on this server.
      </p>
      <button type="submit" class="primary">Sign in</button>
    </form>
  );
}
