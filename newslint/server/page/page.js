"use strict";

const $ = (id) => document.getElementById(id);
const make = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text }, properties);
let asked = 0;

async function check() {
  const text = $("text").value;
  const number = ++asked;
  $("status").textContent = "Checking …";
  const headers = $("token").value ? { Authorization: `Bearer ${$("token").value}` } : {};
  let answer;
  try {
    answer = await fetch("v2/check", { method: "POST", headers, body: new URLSearchParams({ language: "auto", text }) });
  } catch {
    $("status").textContent = "The server does not answer.";
    return;
  }
  if (number !== asked) return;
  if (!answer.ok) {
    $("token-field").hidden = answer.status !== 401 && $("token-field").hidden;
    $("status").textContent = await answer.text();
    return;
  }
  const { matches, language } = await answer.json();
  if (number === asked) show(text, matches, language);
}

function show(text, matches, language) {
  const english = language.code.startsWith("en");
  const count = matches.length === 1 ? "1 diagnostic" : `${matches.length} diagnostics`;
  $("status").textContent = english ? (matches.length ? count : "Nothing found.") : `Not in English: ${language.name}.`;
  $("marked").replaceChildren();
  $("list").replaceChildren();
  let at = 0;
  matches.forEach((match, index) => {
    const start = match.offset, end = match.offset + match.length;
    const mark = make("mark", text.slice(start, end), { tabIndex: 0, id: `mark-${index}`, title: match.message });
    $("marked").append(text.slice(at, start), mark);
    at = end;
    const item = make("li", "", { id: `item-${index}` });
    item.append(make("span", match.message), " ", make("code", match.rule.id), make("br", ""));
    for (const { value } of match.replacements) {
      const fix = make("button", value || "Remove", { type: "button" });
      fix.addEventListener("click", () => apply(text.slice(0, start) + value + text.slice(end)));
      item.append(fix);
    }
    mark.addEventListener("click", () => item.scrollIntoView({ block: "nearest" }));
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter") (item.querySelector("button") ?? item).focus();
    });
    $("list").append(item);
  });
  $("marked").append(text.slice(at));
}

function apply(text) {
  $("text").value = text;
  check();
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
