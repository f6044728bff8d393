import type { JSX } from "preact";
import { CopyButton } from "../copy_button.tsx";

/** Props of {@linkcode CodeSample}. */
export interface CodeSampleProps {
  /** The file's name. */
  file: string;
  code: string;
}

/** A program to copy. */
export function CodeSample({ file, code }: CodeSampleProps): JSX.Element {
  return (
    <div class="code">
      <div class="code-bar">
        <span>{file}</span>
        <CopyButton text={code} />
      </div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={file}
        dir="ltr"
      ><code>{code}</code></pre>
    </div>
  );
}
