// Small helps on every page. All of them work without this file too.

/** Says something to a screen reader without moving focus. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  if (announcer) {
    announcer.textContent = "";
    // A new text a moment later is read even where it equals the one before.
    window.setTimeout(() => {
      announcer.textContent = text;
    }, 50);
  }
}

// What is wrong with a form is read first.
const wrong = document.querySelector("[data-takes-focus]");
if (wrong) {
  wrong.focus();
}

// Coming back from a photo: focus is on that photo again.
if (location.hash.startsWith("#photo-")) {
  const photo = document.getElementById(location.hash.slice(1));
  if (photo) {
    photo.focus();
  }
}

if (document.querySelector("[data-selection]")) {
  import("./selection.js");
}
if (document.querySelector("[data-load-more]")) {
  import("./load-more.js");
}
