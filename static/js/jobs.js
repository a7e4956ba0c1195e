// The numbers of the jobs page, fresh every few seconds. Focus stays where it is: a part of the page
// in which focus rests is left alone until focus has gone.
import { announce } from "./page.js";

const SECONDS = 4;
const parts = () => document.querySelectorAll("[data-live]");
let lastSaid = "";

async function refresh() {
  if (document.hidden) {
    return;
  }
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) {
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of parts()) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh && !part.contains(document.activeElement) && part.innerHTML !== fresh.innerHTML) {
      part.replaceChildren(...fresh.childNodes);
      part.hidden = fresh.hidden;
    }
  }
  say();
}

/** The state is said when work ends or begins, not every few seconds. */
function say() {
  const progress = document.querySelector('[data-live="progress"]');
  const busy = progress.querySelector("progress") ? "busy" : "idle";
  if (lastSaid && lastSaid !== busy) {
    announce(progress.querySelector("p, label").textContent.trim());
  }
  lastSaid = busy;
}

say();
window.setInterval(() => {
  refresh().catch(() => {
    // The server is away for a moment: the next round asks again.
  });
}, SECONDS * 1000);
