"use strict";
(function () {
  const keysOf = (element) => (element.dataset.k || "").split(" ").filter(Boolean);
  const FINDING = ".findings > li > details";
  const reports = Array.from(document.querySelectorAll(".report"));

  function bringIntoView(element, alone) {
    const box = element.closest(".scroll");
    if (box && box.scrollHeight > box.clientHeight + 1) {
      const outer = box.getBoundingClientRect();
      const inner = element.getBoundingClientRect();
      box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
      /* Sideways no further than needed: the labels of the row stay in view. */
      if (inner.right > outer.right) box.scrollLeft += inner.right - outer.right + 16;
      else if (inner.left < outer.left) box.scrollLeft += inner.left - outer.left - 16;
    }
    if (alone) {
      const place = element.getBoundingClientRect();
      if (place.top < 0 || place.bottom > innerHeight) element.scrollIntoView({ block: "center" });
    }
  }

  /* Light up what has one of the keys in both panes; the first key is the main one. */
  function select(report, keys, from) {
    for (const lit of report.querySelectorAll(".part, .main")) lit.classList.remove("part", "main");
    const wanted = new Set(keys);
    for (const pane of report.querySelectorAll(".form-pane, .source-pane")) {
      let first = null;
      let main = null;
      for (const element of pane.querySelectorAll("[data-k]")) {
        const own = keysOf(element);
        if (!own.some((key) => wanted.has(key))) continue;
        element.classList.add("part");
        first = first || element;
        if (own.includes(keys[0])) {
          element.classList.add("main");
          main = main || element;
        }
      }
      const target = main || first;
      if (target && !pane.contains(from)) {
        bringIntoView(target, pane.classList.contains("form-pane") && from !== null);
      }
    }
  }

  let pending = null; /* what to light up when the finding that opens has opened */

  /* Open the finding that a place is about, best one that accuses it; say if there is one. */
  function openFinding(report, key, from) {
    const found = Array.from(report.querySelectorAll(FINDING));
    const chosen = found.find((each) => keysOf(each)[0] === key) ||
      found.find((each) => keysOf(each).includes(key));
    if (!chosen) return false;
    const keys = [key].concat(keysOf(chosen));
    if (chosen.open) select(report, keys, from);
    else {
      pending = { keys, from };
      chosen.open = true;
    }
    bringIntoView(chosen, false);
    return true;
  }

  function show(report) {
    const first = report.querySelector('.findings > li:not([data-kind="info"]) > details');
    if (first && !report.querySelector(FINDING + "[open]")) {
      report.dataset.first = "1";
      first.open = true;
    }
  }

  document.addEventListener("toggle", (event) => {
    const details = event.target;
    const report = details.closest(".report");
    if (!report || !details.open || !details.matches(FINDING)) return;
    for (const other of report.querySelectorAll(FINDING + "[open]")) {
      if (other !== details) other.open = false;
    }
    const isFirst = report.dataset.first === "1";
    delete report.dataset.first;
    const asked = pending || { keys: keysOf(details), from: isFirst ? null : details };
    pending = null;
    select(report, asked.keys, asked.from);
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    const shown = event.target.closest("[data-show]");
    const report = event.target.closest(".report");
    if (!report) return;
    if (shown) {
      for (const button of report.querySelectorAll("[data-show]")) {
        button.setAttribute("aria-pressed", String(button === shown));
      }
      for (const entry of report.querySelectorAll(".findings > li")) {
        entry.hidden = shown.dataset.show !== "all" && entry.dataset.kind !== shown.dataset.show;
      }
      return;
    }
    const element = event.target.closest("[data-k]");
    if (!element || element.matches("details")) return;
    const keys = keysOf(element);
    if (!element.closest(".findings-pane") && openFinding(report, keys[0], element)) return;
    select(report, keys, element);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]") && event.target.value) event.target.form.submit();
  });

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.figure");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      cell.click();
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = Array.from(cell.closest(".form-pane").querySelectorAll("td.figure"));
    let next = all[all.indexOf(cell) + step];
    if (typeof step === "string") {
      const from = cell.getBoundingClientRect();
      const middle = (from.left + from.right) / 2;
      const over = all.filter((each) => {
        const box = each.getBoundingClientRect();
        const inColumn = box.left <= middle && middle <= box.right;
        return inColumn && (step === "up" ? box.bottom <= from.top + 1 : box.top >= from.bottom - 1);
      });
      next = step === "up" ? over[over.length - 1] : over[0];
    }
    if (next) next.focus();
  });

  function route() {
    if (reports.length > 1) {
      const target = document.getElementById(location.hash.slice(1));
      const chosen = reports.find((each) => each.contains(target)) ||
        reports.find((each) => !each.classList.contains("good")) || reports[0];
      for (const report of reports) report.hidden = report !== chosen;
      for (const link of document.querySelectorAll(".index a")) {
        if (link.hash === "#" + chosen.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      show(chosen);
    } else if (reports[0]) show(reports[0]);
  }
  const today = new Date();
  today.setMinutes(today.getMinutes() - today.getTimezoneOffset());
  for (const each of document.querySelectorAll("[data-today]")) each.valueAsDate = today;
  addEventListener("hashchange", route);
  route();
})();
