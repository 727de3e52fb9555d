// Makes searching quicker; every page works without it.
"use strict";

const script = document.currentScript;
document.documentElement.classList.add("has-scripts");

// Lines are offered while one types. The library that does it comes only when somebody
// goes to the search box, so that reading a page does not cost its bytes.
const KINDS = { title: "resource", collection: "collection", term: "topic", tag: "tag", school: "school" };

function bring(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function offer(words, show) {
  const answer = await fetch(`${script.dataset.suggestions}?q=${encodeURIComponent(words)}`);
  show(answer.ok ? await answer.json() : []);
}

function textOf(suggestion) {
  // What stood in the box when the library came is given to it as a plain string.
  return typeof suggestion === "string" ? suggestion : suggestion ? suggestion.text : "";
}

function line(suggestion) {
  // The library shows what it is given as HTML: build it from text, never from strings.
  const row = document.createElement("span");
  const kind = Object.assign(document.createElement("span"), { className: "suggestion__kind", textContent: KINDS[suggestion.kind] || "" });
  row.append(kind, document.createTextNode(textOf(suggestion)));
  return row.innerHTML;
}

function take(suggestion, form) {
  if (!suggestion) return;
  if (suggestion.url) {
    window.location.assign(suggestion.url);
    return;
  }
  form.querySelector("[name=q]").value = suggestion.text;
  form.requestSubmit();
}

async function enhance(input) {
  await Promise.all([
    bring("link", { rel: "stylesheet", href: script.dataset.autocompleteStyle }),
    bring("script", { src: script.dataset.autocomplete }),
  ]);
  const { form, value, maxLength } = input;
  const had = { focus: document.activeElement === input, start: input.selectionStart, end: input.selectionEnd };
  const described = input.getAttribute("aria-describedby");
  const field = Object.assign(document.createElement("div"), { className: "search-box__field" });
  input.replaceWith(field);
  window.accessibleAutocomplete({
    element: field,
    id: "q",
    name: "q",
    source: offer,
    minLength: 2,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    templates: { inputValue: textOf, suggestion: line },
    onConfirm: (suggestion) => take(suggestion, form),
    defaultValue: value,
    tAssistiveHint: () => "When lines are offered, use the up and down arrows to look at them and Enter to take one.",
  });
  const fresh = form.querySelector("[name=q]");
  fresh.maxLength = maxLength;
  if (described) fresh.setAttribute("aria-describedby", described);
  // Whenever the box gains the focus the library would select all its text, and the next
  // letter typed would replace it.
  fresh.setSelectionRange = () => {};
  if (had.focus) {
    fresh.focus();
    HTMLInputElement.prototype.setSelectionRange.call(fresh, had.start, had.end);
  }
}

for (const input of document.querySelectorAll("input#q")) {
  // Without the library the box stays what it was: a plain text field.
  input.addEventListener("focus", () => enhance(input).catch(() => {}), { once: true });
}

// Ticking a filter shows its results at once; the focus stays on the box that was ticked.
let shown = window.location.search;

function address(form) {
  const wanted = [...new FormData(form)].filter(([name, value]) => value && !(name === "sort" && value === "relevance"));
  const url = new URL(form.action);
  url.search = new URLSearchParams(wanted);
  return url;
}

async function refresh(form, focused) {
  const url = address(form);
  const answer = await fetch(url);
  if (!answer.ok) { form.submit(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = new Set([...form.querySelectorAll(".facet[open] .facet__values")].map((values) => values.dataset.facet));
  for (const values of page.querySelectorAll(".facet__values")) values.parentElement.open = open.has(values.dataset.facet);
  for (const part of [".filters__name", ".filters__body", "#results"]) {
    form.querySelector(part).replaceWith(page.querySelector(part));
  }
  document.title = page.title;
  window.history.pushState(null, "", url);
  shown = url.search;
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const again = boxes.find((box) => box.name === focused.name && box.value === focused.value);
  (again || form.querySelector(`[name="${focused.name}"]`) || document.querySelector("#main")).focus();
  announce(form.querySelector("#result-count").textContent);
}

function announce(words) {
  let region = document.querySelector("#announcement");
  if (!region) {
    region = Object.assign(document.createElement("p"), { id: "announcement", className: "visually-hidden" });
    region.setAttribute("role", "status");
    document.querySelector("#main").append(region);
  }
  region.textContent = words;
}

for (const form of document.querySelectorAll("[data-search-form]")) {
  form.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.matches("input[type=checkbox], select")) refresh(form, event.target).catch(() => form.submit());
  });
  window.addEventListener("popstate", () => {
    // A link within the page (#main) changes the address too, but not the search.
    if (window.location.search !== shown) window.location.reload();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is wrong with a form is heard at once: the summary of errors takes the focus.
document.querySelector("[data-focus]")?.focus();
