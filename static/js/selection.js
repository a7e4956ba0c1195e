// "12 ticked", shown and said, while photos are being ticked.
import { announce } from "./page.js";

for (const form of document.querySelectorAll("[data-selection]")) {
  const count = form.querySelector("[data-count]");
  let last = null;

  const tell = () => {
    const ticked = form.querySelectorAll('input[name="photo"]:checked').length;
    if (ticked === last) {
      return;
    }
    last = ticked;
    const text = ticked ? count.dataset.some.replace("{count}", ticked) : count.dataset.none;
    count.textContent = text;
    announce(text);
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "photo") {
      tell();
    }
  });

  // Shift and a click tick everything in between.
  let anchor = null;
  form.addEventListener("click", (event) => {
    const box = event.target.closest('input[name="photo"]');
    if (!box) {
      return;
    }
    const boxes = [...form.querySelectorAll('input[name="photo"]')];
    if (event.shiftKey && anchor) {
      const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) {
        between.checked = box.checked;
      }
      tell();
    }
    anchor = box;
  });

  // The browser may have kept ticks from before.
  if (form.querySelector('input[name="photo"]:checked')) {
    tell();
  }
}
