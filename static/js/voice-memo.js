// Recording a voice memo: what was recorded becomes the file of the form, which works without this too.
import { announce } from "./page.js";

const LONGEST = 10 * 60 * 1000;

const form = document.querySelector("[data-memo]");
const button = form?.querySelector("[data-record]");
if (button && navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
  const field = form.querySelector('input[type="file"]');
  let recorder = null;

  const keep = (parts, mime) => {
    const plain = mime.split(";")[0];
    const suffix = plain.split("/")[1] || "webm";
    const files = new DataTransfer();
    files.items.add(new File(parts, `memo.${suffix}`, { type: plain }));
    field.files = files.files;
    button.setAttribute("aria-pressed", "false");
    announce(form.dataset.recorded);
  };

  const start = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      // The microphone's light goes out.
      stream.getTracks().forEach((track) => track.stop());
      keep(parts, recorder.mimeType);
    });
    recorder.start();
    window.setTimeout(stop, LONGEST, recorder);
    button.setAttribute("aria-pressed", "true");
    announce(form.dataset.recording);
  };

  const stop = (which) => {
    if (which.state === "recording") {
      which.stop();
    }
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    if (recorder?.state === "recording") {
      stop(recorder);
    } else {
      start().catch(() => announce(form.dataset.refused));
    }
  });
}
