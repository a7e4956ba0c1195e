// <face-box>: the box around a face, drawn and moved with a pointer or with the arrow keys. The form
// does the same without this file; everything here only fills in its numbers.
import { announce } from "./page.js";

const STEP = 1; // percent, for the arrow keys
const FAR = 2; // percent, for the buttons, as on the server
const SMALLEST = 1;
const NAMES = ["left", "top", "width", "height"];
const MOVES = {
  left: [-FAR, 0, 0, 0],
  right: [FAR, 0, 0, 0],
  up: [0, -FAR, 0, 0],
  down: [0, FAR, 0, 0],
  larger: [-FAR / 2, -FAR / 2, FAR, FAR],
  smaller: [FAR / 2, FAR / 2, -FAR, -FAR],
};
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const half = (value) => Math.round(value * 2) / 2;
const between = (low, value, high) => Math.min(Math.max(low, value), high);

class FaceBox extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.stage = this.querySelector(".face-box-stage");
    this.rect = this.querySelector(".face-box-new");
    this.position = this.querySelector("[data-position]");
    this.picture = this.querySelector("img.face-crop");
    this.places = [...this.querySelectorAll('input[name="place"]')];
    this.handle = this.makeHandle();
    this.stage.append(this.handle);
    this.stage.addEventListener("pointerdown", (event) => this.begin(event));
    this.form.addEventListener("click", (event) => this.pressed(event));
    this.form.addEventListener("input", (event) => {
      if (NAMES.includes(event.target.name)) {
        this.show(this.box, { numbers: false });
      }
    });
    this.show(this.box, { aloud: false });
  }

  /**
   * The part that takes the focus: a slider in two directions, whose value is its place in words. Screen
   * readers pass a slider's arrow keys on and say its value by themselves.
   */
  makeHandle() {
    const handle = document.createElement("div");
    handle.className = "face-box-handle";
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", "100");
    handle.setAttribute("aria-label", this.dataset.handle);
    handle.addEventListener("keydown", (event) => this.key(event));
    return handle;
  }

  get box() {
    return NAMES.map((name) => Number(this.form.elements[name].value) || 0);
  }

  /** aloud: whether the new place is announced; a slider that has the focus is read anyway. */
  show(box, { numbers = true, aloud = true } = {}) {
    const width = between(SMALLEST, half(box[2]), 100);
    const height = between(SMALLEST, half(box[3]), 100);
    const left = between(0, half(box[0]), 100 - width);
    const top = between(0, half(box[1]), 100 - height);
    const now = [left, top, width, height];
    if (numbers) {
      NAMES.forEach((name, at) => {
        this.form.elements[name].value = now[at];
      });
    }
    ["x", "y", "width", "height"].forEach((name, at) => this.rect.setAttribute(name, now[at]));
    ["left", "top", "width", "height"].forEach((name, at) => {
      this.handle.style[name] = `${now[at]}%`;
    });
    this.tell(now, aloud);
  }

  tell(now, aloud) {
    const column = Math.min(2, Math.floor(((now[0] + now[2] / 2) * 3) / 100));
    const row = Math.min(2, Math.floor(((now[1] + now[3] / 2) * 3) / 100));
    const place = this.places[3 * row + column];
    place.checked = true;
    const language = document.documentElement.lang;
    const words = { place: place.closest("label").textContent.trim() };
    NAMES.forEach((name, at) => {
      words[name] = now[at].toLocaleString(language);
    });
    const text = this.dataset.said.replace(/\{(\w+)\}/g, (_whole, word) => words[word]);
    this.position.textContent = text;
    this.handle.setAttribute("aria-valuenow", now[0]);
    this.handle.setAttribute("aria-valuetext", text);
    window.clearTimeout(this.later);
    // Once it rests: neither the ear nor the server is asked to follow every pixel.
    this.later = window.setTimeout(() => {
      if (aloud) {
        announce(text);
      }
      const query = new URLSearchParams(NAMES.map((name, at) => [name, now[at]]));
      const preview = `${this.dataset.preview}?${query}`;
      if (this.picture.getAttribute("src") !== preview) {
        this.picture.src = preview;
      }
    }, 400);
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (button && button.name === "move") {
      event.preventDefault();
      this.show(this.box.map((value, at) => value + MOVES[button.value][at]));
    } else if (button && button.value === "put") {
      event.preventDefault();
      const place = this.places.findIndex((radio) => radio.checked);
      const [, , width, height] = this.box;
      const middle = [(place % 3) + 0.5, Math.floor(place / 3) + 0.5].map((part) => (part * 100) / 3);
      this.show([middle[0] - width / 2, middle[1] - height / 2, width, height]);
    }
  }

  key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const [x, y] = arrow.map((part) => part * STEP);
    const [left, top, width, height] = this.box;
    this.show(
      event.shiftKey ? [left, top, width + x, height + y] : [left + x, top + y, width, height],
      { aloud: false },
    );
  }

  /** Inside the box a pointer moves it; elsewhere it draws a new one. A click alone changes nothing. */
  begin(event) {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    const start = this.point(event);
    const old = this.box;
    const moving = event.target === this.handle;
    this.stage.setPointerCapture(event.pointerId);
    const move = (next) => {
      const [x, y] = this.point(next);
      const by = [x - start[0], y - start[1]];
      if (Math.abs(by[0]) < SMALLEST && Math.abs(by[1]) < SMALLEST) {
        return;
      }
      const drawn = [Math.min(x, start[0]), Math.min(y, start[1]), ...by.map(Math.abs)];
      this.show(moving ? [old[0] + by[0], old[1] + by[1], old[2], old[3]] : drawn);
    };
    const end = () => {
      this.stage.removeEventListener("pointermove", move);
      this.handle.focus({ preventScroll: true });
    };
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", end, { once: true });
    this.stage.addEventListener("pointercancel", end, { once: true });
  }

  point(event) {
    const frame = this.stage.getBoundingClientRect();
    return [
      between(0, ((event.clientX - frame.left) / frame.width) * 100, 100),
      between(0, ((event.clientY - frame.top) / frame.height) * 100, 100),
    ];
  }
}

customElements.define("face-box", FaceBox);
