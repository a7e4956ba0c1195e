// The one script of the pages with seeded faults: pressing "Select the photo" says so in the status line.
document.getElementById("select").addEventListener("click", () => {
  document.getElementById("status").textContent = "1 photo selected";
});
