"use strict";
(function () {
  const form = document.querySelector("form");
  const file = document.getElementById("file");
  const markup = document.getElementById("markup");
  const state = document.getElementById("state");
  const pasted = document.getElementById("pasted");
  const most = Number(form.dataset.most);
  const mostFiles = Number(form.dataset.mostFiles);
  const endings = form.dataset.endings.split(" ");
  const DEEPEST = 8, MOST = 5000; /* folders in folders; files that are looked at */
  const NAMED = 5; /* names that are said */

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
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry());
    if (entries.some((entry) => entry && entry.isDirectory)) {
      takeFolders(entries.filter(Boolean));
      return;
    }
    input.files = event.dataTransfer.files;
    if (input === file && send()) form.submit();
  });

  /* Add the files below entries of the file system to `found`, as far as they can be opened. */
  async function look(entries, depth, found) {
    for (const entry of entries.sort((one, other) => one.name < other.name ? -1 : 1)) {
      if (entry.isFile) {
        const opened = await new Promise((done) => entry.file(done, () => done(null)));
        if (opened) found.files.push([entry, opened]);
        else found.closed.push(entry.name);
        continue;
      }
      const reader = entry.createReader();
      const inside = [];
      let some = [entry];
      while (some && some.length && depth < DEEPEST && found.files.length + inside.length < MOST) {
        some = await new Promise((done) => reader.readEntries(done, () => done(null)));
        inside.push(...some || []);
      }
      if (!some || some.length) found.closed.push(entry.name);
      await look(inside, depth + 1, found);
    }
  }

  /* Choose the reports in folders, as many as may be sent; say what is left out. */
  async function takeFolders(entries) {
    const found = { files: [], closed: [], other: [], many: [] };
    const chosen = new DataTransfer();
    let size = 0;
    state.textContent = form.dataset.reading;
    await look(entries, 0, found);
    for (const [entry, opened] of found.files) {
      const ending = entry.name.slice(entry.name.lastIndexOf(".")).toLowerCase();
      if (/^(\.|~\$)|（已批注\d*）\.[^.]*$/.test(entry.name) || !endings.includes(ending)) {
        found.other.push(entry.name);
      } else if (chosen.files.length >= mostFiles || size + opened.size > most) {
        found.many.push(entry.name);
      } else {
        size += opened.size;
        const within = entry.fullPath.split("/").slice(2).join("／");
        chosen.items.add(new File([opened], within || entry.name));
      }
    }
    file.files = chosen.files;
    const left = ["other", "many", "closed"].filter((why) => found[why].length);
    if (!left.length) {
      if (send()) form.submit();
      return;
    }
    const counted = (why, names) => form.dataset[why].replace("{n}", names.length)
      .replace("{names}", names.slice(0, NAMED).join("、"));
    state.textContent = counted("chosen", Array.from(chosen.files)) +
      left.map((why) => counted(why, found[why])).join("");
  }

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
