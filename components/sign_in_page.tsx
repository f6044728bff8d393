import type { JSX } from "preact";
import { SignInForm, type SignInFormProps } from "./sign_in_form.tsx";

/** The page that asks for the key. */
export function SignInPage(props: SignInFormProps): JSX.Element {
  return (
    <main id="main" class="sign-in-page" tabIndex={-1}>
      <h1>Sign in</h1>
      <SignInForm {...props} />
    </main>
  );
}
