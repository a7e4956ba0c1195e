// Arrow keys lead to the photos beside this one, Escape back to the list.
const typing = "input, textarea, select, [contenteditable], dialog";

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (!plain || event.defaultPrevented || event.target.closest(typing)) {
    return;
  }
  // The name of a key is never a selector: it is compared.
  const link = [...document.querySelectorAll("a[data-key]")].find(
    (candidate) => candidate.dataset.key === event.key,
  );
  if (link) {
    event.preventDefault();
    link.click();
  }
});
