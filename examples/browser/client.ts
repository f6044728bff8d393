/**
 * A page that decides by itself which prompt a visitor gets, and records what
 * came of it. Records go to the page's own server, which passes them on: a key
 * in a page would be no secret.
 */
import { init } from "@modelab/sdk";

const lab = init({
  server: `${location.origin}/modelab`,
  flags: [{
    name: "page-prompt",
    variants: [
      { name: "short", config: { prompt: "Answer in one sentence." } },
      { name: "long", config: { prompt: "Answer step by step." } },
    ],
  }],
});

/** Who this is, also at the next visit. */
function visitor(): string {
  const known = localStorage.getItem("visitor") ?? crypto.randomUUID();
  localStorage.setItem("visitor", known);
  return known;
}

const form = document.querySelector("form");
const reply = document.querySelector("#reply");
const helped = document.querySelector("#helped");
const assignment = lab.assign("page-prompt", { userId: visitor() });

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = new FormData(form).get("message");
  const ask = async (prompt: string) => {
    const response = await fetch("/ask", {
      method: "POST",
      body: JSON.stringify({ prompt, message }),
    });
    return await response.json();
  };
  const answer = await (assignment === null
    ? ask("")
    : assignment.run(({ prompt }) =>
      ask(prompt)
    ));
  if (reply !== null) reply.textContent = answer.choices[0].message.content;
  if (helped instanceof HTMLElement) helped.hidden = false;
});

helped?.addEventListener("click", () => {
  assignment?.markSuccess();
  if (reply !== null) reply.textContent = "Thank you.";
});
