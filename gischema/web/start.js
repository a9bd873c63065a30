"use strict";
(function () {
  const form = document.querySelector("form");
  const file = document.getElementById("file");
  const markup = document.getElementById("markup");
  const state = document.getElementById("state");
  const pasted = document.getElementById("pasted");
  const most = Number(form.dataset.most);

  function send() {
    const inputs = Array.from(form.querySelectorAll("input[type=file]"));
    const size = inputs.reduce((sum, each) =>
      Array.from(each.files).reduce((all, one) => all + one.size, sum), 0);
    const wrong = size > most ? form.dataset.tooLarge
      : file.files.length || pasted.value.trim() ? "" : form.dataset.empty;
    if (wrong) {
      state.textContent = wrong;
      return false;
    }
    state.textContent = form.dataset.reading;
    return true;
  }

  form.addEventListener("submit", (event) => {
    if (!send()) event.preventDefault();
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    file.classList.add("over");
  });
  addEventListener("dragleave", () => file.classList.remove("over"));
  addEventListener("drop", (event) => {
    file.classList.remove("over");
    const input = event.target.closest("input[type=file]") || file;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    if (input === file && send()) form.submit();
  });
  /* A table that is copied from a page or a file keeps its cells. */
  pasted.addEventListener("paste", (event) => {
    const copied = event.clipboardData.getData("text/html");
    const lower = copied.toLowerCase();
    const start = lower.indexOf("<table");
    if (start >= 0) markup.value += copied.slice(start, lower.lastIndexOf("</table>") + 8);
  });
  pasted.addEventListener("input", (event) => {
    if (event.inputType !== "insertFromPaste") markup.value = "";
  });
  addEventListener("pageshow", () => { state.textContent = ""; });
})();
