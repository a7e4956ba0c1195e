// Checking descriptions: what was done is said, and single keys answer unless they are switched off.
import { announce } from "./page.js";

const STORED = "photolib.review-keys";
const typing = "input, textarea, select, [contenteditable], dialog";

const done = [...document.querySelectorAll(".message p")];
if (done.length) {
  announce(done.map((sentence) => sentence.textContent.trim()).join(" "));
}

const panel = document.querySelector("[data-review-keys]");
if (panel) {
  const toggle = panel.querySelector("button");
  const isOn = () => localStorage.getItem(STORED) !== "off";
  const show = () => toggle.setAttribute("aria-pressed", String(isOn()));
  panel.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    localStorage.setItem(STORED, isOn() ? "off" : "on");
    show();
  });
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (!plain || !isOn() || event.repeat || event.target.closest(typing)) {
      return;
    }
    const meant = [...document.querySelectorAll("[data-review-key]")].find(
      (candidate) => candidate.dataset.reviewKey === event.key.toLowerCase(),
    );
    if (meant) {
      event.preventDefault();
      meant.click();
    }
  });
}
