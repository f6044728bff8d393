import type { JSX } from "preact";

/** Props of {@linkcode SignInForm}. */
export interface SignInFormProps {
  /** The path to go to afterwards. */
  next: string;
  /** Whether a key was tried and refused. */
  failed: boolean;
}

/** Asks for the key that reading needs. */
export function SignInForm({ next, failed }: SignInFormProps): JSX.Element {
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
        <p id="key-error" class="error" role="alert">
          That is not the read key of this server.
        </p>
      )}
      <p id="key-help" class="note">
        The value of <code>MODELAB_READ_KEY</code> on this server.
      </p>
      <button type="submit" class="primary">Sign in</button>
    </form>
  );
}
