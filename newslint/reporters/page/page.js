"use strict";
const form = document.querySelector("form");
const marks = [...document.querySelectorAll("mark")];

function filter() {
  const severities = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
  const rule = form.elements.rule.value;
  let shown = 0;
  for (const mark of marks) {
    const isOn = severities.has(mark.dataset.severity) && (!rule || mark.dataset.rule === rule);
    mark.classList.toggle("off", !isOn);
    if (isOn) {
      mark.tabIndex = 0;
      shown += 1;
    } else {
      mark.removeAttribute("tabindex");
    }
  }
  for (const article of document.querySelectorAll("article")) {
    article.hidden = !article.querySelector("mark:not(.off)");
  }
  form.querySelector("output").textContent = `${shown} of ${marks.length} shown`;
}

form.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
for (const mark of marks) {
  // A tap does not give the focus everywhere.
  mark.addEventListener("click", () => mark.focus());
  for (const sign of ["pointerenter", "focus", "click"]) {
    mark.addEventListener(sign, () => document.body.classList.remove("dismissed"));
  }
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.body.classList.add("dismissed");
  }
});
form.hidden = marks.length === 0;
filter();
