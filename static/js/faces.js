// Counting ticked faces in the words of the button, so that it says beforehand what it does.
import { announce } from "./page.js";

for (const form of document.querySelectorAll("[data-count-faces]")) {
  const button = form.querySelector("[data-count-here]");

  /** A face counts where it is ticked and nothing else was chosen below it. */
  const counts = (box) => {
    const otherwise = box.closest("li").querySelector("select");
    return box.checked && !(otherwise && otherwise.value);
  };

  const tell = (aloud) => {
    const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
    const count = boxes.filter(counts).length;
    const { none, one, many } = form.dataset;
    const text = count === 0 ? none : count === 1 ? one : many.replace("{count}", count);
    if (button.textContent !== text) {
      button.textContent = text;
      if (aloud) {
        announce(text);
      }
    }
  };

  form.addEventListener("change", () => tell(true));
  // The browser may have kept ticks from before.
  tell(false);
}

// What the page before did is said: a status that is there from the start is not read by itself.
const done = [...document.querySelectorAll(".message p")];
if (done.length) {
  announce(done.map((sentence) => sentence.textContent.trim()).join(" "));
}
