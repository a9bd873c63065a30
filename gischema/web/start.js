"use strict";
(function () {
  const form = document.querySelector("form");
  const file = document.getElementById("file");
  const state = document.getElementById("state");
  const most = Number(form.dataset.most);

  function send() {
    const inputs = Array.from(form.querySelectorAll("input[type=file]"));
    const size = inputs.reduce((sum, each) =>
      Array.from(each.files).reduce((all, one) => all + one.size, sum), 0);
    if (size > most) {
      state.textContent = form.dataset.tooLarge;
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
  addEventListener("pageshow", () => { state.textContent = ""; });
})();
