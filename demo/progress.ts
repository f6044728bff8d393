/**
 * Shows how far something is: in place on a terminal, else a line for every
 * quarter, so that a log stays short.
 */
export function progressOn(
  terminal: boolean,
  total: number,
  write: (text: string) => void,
): (done: number) => void {
  const step = Math.max(1, Math.ceil(total / (terminal ? 100 : 4)));
  return (done) => {
    if (done % step !== 0 && done !== total) return;
    const text = `${done} of ${total} users served`;
    if (!terminal) write(`${text}\n`);
    else write(`\r${text}${done === total ? "\n" : ""}`);
  };
}
