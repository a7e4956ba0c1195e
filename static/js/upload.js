// Uploading with progress, two files at a time. The form inside works without this file.
import { announce } from "./page.js";

const AT_ONCE = 2;

class PhotoUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector('input[type="file"]');
    this.queue = this.querySelector("[data-queue]");
    this.list = this.querySelector("[data-files]");
    this.summary = this.querySelector("[data-summary]");
    this.after = this.querySelector("[data-after]");
    this.waiting = [];
    this.counts = { all: 0, done: 0, received: 0, refused: 0, running: 0 };

    this.querySelector("[data-drop-hint]").hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add(this.input.files);
      this.form.reset();
    });
    this.input.addEventListener("change", () => {
      if (this.input.files.length) {
        this.add(this.input.files);
        this.form.reset();
      }
    });
    this.listenForDrops();
    window.addEventListener("beforeunload", (event) => {
      if (this.counts.running) {
        event.preventDefault();
      }
    });
  }

  listenForDrops() {
    const over = (on) => this.form.classList.toggle("is-over", on);
    document.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        over(true);
      }
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) {
        over(false);
      }
    });
    document.addEventListener("drop", (event) => {
      if (event.dataTransfer?.files.length) {
        event.preventDefault();
        over(false);
        this.add(event.dataTransfer.files);
      }
    });
  }

  add(files) {
    this.queue.hidden = false;
    this.after.hidden = true;
    for (const file of files) {
      this.counts.all += 1;
      this.waiting.push(this.row(file));
    }
    this.next();
  }

  row(file) {
    const item = document.createElement("li");
    item.className = "upload-row";
    const name = document.createElement("span");
    name.className = "upload-name";
    name.textContent = file.name;
    const state = document.createElement("span");
    state.className = "badge";
    state.textContent = this.dataset.waiting;
    const progress = document.createElement("progress");
    progress.max = 100;
    progress.value = 0;
    progress.setAttribute("aria-label", this.dataset.progress.replace("{name}", file.name));
    item.append(name, state, progress);
    this.list.append(item);
    return { file, item, state, progress };
  }

  next() {
    while (this.counts.running < AT_ONCE && this.waiting.length) {
      this.counts.running += 1;
      this.send(this.waiting.shift());
    }
    const { all, done, running } = this.counts;
    if (running) {
      const position = Math.min(all, done + 1);
      this.tell(this.dataset.uploading.replace("{done}", position).replace("{all}", all));
    } else if (all) {
      this.finish();
    }
  }

  send(row) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.append("files", row.file, row.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", this.dataset.address);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        row.progress.value = (100 * event.loaded) / event.total;
        row.state.textContent = `${Math.round(row.progress.value)} %`;
      }
    });
    request.addEventListener("loadend", () => this.landed(row, this.answer(request)));
    request.send(data);
  }

  /** What the server said of the one file: {received, reason}. */
  answer(request) {
    try {
      const answer = JSON.parse(request.responseText);
      return answer.results?.[0] ?? { received: false, reason: answer.detail ?? this.dataset.failed };
    } catch {
      return { received: false, reason: this.dataset.failed };
    }
  }

  landed(row, result) {
    this.counts.running -= 1;
    this.counts.done += 1;
    this.counts[result.received ? "received" : "refused"] += 1;
    row.progress.remove();
    row.state.textContent = result.received ? this.dataset.received : this.dataset.refused;
    row.state.classList.toggle("badge-accent", !result.received);
    if (!result.received) {
      const reason = document.createElement("p");
      reason.className = "errors";
      reason.textContent = result.reason;
      row.item.append(reason);
      announce(`${row.file.name}: ${result.reason}`);
    }
    this.next();
  }

  finish() {
    const { received, refused } = this.counts;
    this.tell(
      this.dataset.finished.replace("{received}", received).replace("{refused}", refused),
    );
    const link = (address, text, look) => {
      const a = document.createElement("a");
      a.href = address;
      a.textContent = text;
      a.className = look;
      return a;
    };
    this.after.replaceChildren(
      link(this.dataset.timeline, this.dataset.seePhotos, "button"),
      link(this.dataset.jobs, this.dataset.seeJobs, "button-quiet"),
    );
    this.after.hidden = false;
  }

  tell(text) {
    this.summary.textContent = text;
    announce(text);
  }
}

customElements.define("photo-upload", PhotoUpload);
