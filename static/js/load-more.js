// "Older photos" becomes "Load more": the next page is put below this one, and focus goes to the
// first photo that is new. Without this file the link leads to the next page.
import { announce } from "./page.js";

let busy = false;

async function loadMore(link) {
  const response = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) {
    throw new Error(`status ${response.status}`);
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const here = document.querySelector("[data-days]");
  const there = page.querySelector("[data-days]");
  const fresh = [...there.querySelectorAll(".photo-grid > li")];
  for (const day of [...there.children]) {
    const known = here.querySelector(`[data-day="${day.dataset.day}"] .photo-grid`);
    if (known) {
      known.append(...day.querySelectorAll(".photo-grid > li"));
    } else {
      here.append(day);
    }
  }
  const next = page.querySelector("[data-load-more]");
  if (next) {
    link.href = next.href;
  } else {
    link.remove();
  }
  const first = fresh[0]?.querySelector("a, input");
  if (first) {
    first.focus();
  }
  announce(link.dataset.loaded.replace("{count}", fresh.length));
}

for (const link of document.querySelectorAll("[data-load-more]")) {
  link.textContent = link.dataset.loadMore;
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    link.setAttribute("aria-busy", "true");
    try {
      await loadMore(link);
    } catch {
      // What the link does without this file still works.
      location.assign(link.href);
    } finally {
      busy = false;
      link.removeAttribute("aria-busy");
    }
  });
}
