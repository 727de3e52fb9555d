// Saves the guided form as it is written; the form works without it. A module: its names are its own.
const draft = document.querySelector("#draft-form");
const SAVE_EVERY_MS = 10000;
const NOT_FIELDS = new Set(["csrf_token", "version", "go", ""]);
const SIGNED_OUT = "Not saved: you may be signed out. Sign in again in another tab. What you typed stays here, and is saved when you are back.";

const controls = [...draft.elements].filter((control) => control.name !== undefined && !NOT_FIELDS.has(control.name));
const names = [...new Set(controls.map((control) => control.name))];
const status = document.querySelector("#draft-saved");
const known = new Map(names.map((name) => [name, key(valuesOf(name, true))]));
let isBusy = false;
let isAsked = false; // while busy
let isLeaving = false;
// After an error or a clash only the person's own Save goes on.
let isPaused = "unsaved" in draft.dataset;
let refused = "";

function valueOf(control, atFirst) {
  if (control.type === "checkbox" || control.type === "radio") {
    return (atFirst ? control.defaultChecked : control.checked) ? control.value : null;
  }
  if (control.type === "select-one") {
    const first = [...control.options].find((option) => option.defaultSelected) || control.options[0];
    return atFirst ? first.value : control.value;
  }
  return atFirst ? control.defaultValue : control.value;
}

function valuesOf(name, atFirst = false) {
  return controls.filter((control) => control.name === name).map((control) => valueOf(control, atFirst)).filter((value) => value !== null);
}

function key(values) {
  return JSON.stringify(values);
}

function changedNames() {
  return names.filter((name) => key(valuesOf(name)) !== known.get(name));
}

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

// Put what somebody else saved into the form.
function show(name, value) {
  const values = Array.isArray(value) ? value : [value];
  for (const control of controls.filter((one) => one.name === name && one.type !== "hidden")) {
    if (control.type === "checkbox" && name === "tags") control.checked = false;
    else if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values.join("\n");
  }
  known.set(name, key(valuesOf(name)));
  count();
}

function take(answer, sent) {
  const typedSince = (name) => key(valuesOf(name)) !== (sent.get(name) || known.get(name));
  // Somebody goes on typing just there: the next saving begins where this one did.
  if (Object.keys(answer.values).some(typedSince)) return;
  draft.elements.version.value = answer.version;
  for (const [name, values] of sent) known.set(name, values);
  for (const [name, value] of Object.entries(answer.values)) show(name, value);
  const others = Object.keys(answer.values).length ? `, together with what ${answer.by.join(" and ")} changed meanwhile` : "";
  say(`Saved at ${answer.saved_at}${others}`);
}

async function renewSecret() {
  const answer = await fetch(draft.action, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#draft-form [name=csrf_token]");
  if (fresh) draft.elements.csrf_token.value = fresh.value;
}

async function hear(answer, sent) {
  const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  if (!isOurs && answer.status === 409) {
    isPaused = true;
    say("Not saved: this cannot be changed any more. Press Save to see why; your words are shown again.");
  } else if (!isOurs) {
    say(answer.status >= 500 ? "Not saved: the library does not answer just now. It is tried again." : SIGNED_OUT);
    if (answer.status < 500) await renewSecret();
  } else if (answer.ok) {
    take(await answer.json(), sent);
  } else if (answer.status === 409) {
    isPaused = true;
    say(`Not saved: ${(await answer.json()).by.join(" and ") || "somebody"} changed the same as you. Press Save to see both; nothing is lost.`);
  } else {
    refused = key([...sent]);
    say(`Not saved yet. ${Object.values((await answer.json()).problems).join(" ")}`);
  }
}

async function save() {
  const sent = new Map(changedNames().map((name) => [name, key(valuesOf(name))]));
  isAsked = isBusy;
  if (isBusy || isPaused || isLeaving || sent.size === 0 || key([...sent]) === refused) return;
  isBusy = true;
  const body = new URLSearchParams({ csrf_token: draft.elements.csrf_token.value, version: draft.elements.version.value });
  for (const [name, values] of sent) for (const value of JSON.parse(values)) body.append(name, value);
  try {
    await hear(await fetch(draft.dataset.save, { method: "POST", body }), sent);
  } catch {
    say("Not saved: there is no connection. What you typed stays here, and it is tried again.");
  } finally {
    isBusy = false;
    if (isAsked) save();
  }
}

function count() {
  for (const line of document.querySelectorAll("[data-count]")) {
    const words = document.getElementById(line.dataset.count).value.split(/\s+/).filter(Boolean).length;
    const limit = Number(line.dataset.limit || 0);
    line.textContent = limit ? `${words} of at most ${limit} words` : `${words} ${words === 1 ? "word" : "words"}`;
    line.classList.toggle("word-count--over", limit > 0 && words > limit);
  }
}

async function preview(button) {
  const answer = await fetch(draft.dataset.previewUrl, { method: "POST", body: new URLSearchParams(new FormData(draft)) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = page.querySelector("[data-preview]");
  if (!answer.ok || !shown) { draft.requestSubmit(button); return; }
  const title = Object.assign(document.createElement("p"), { className: "draft__preview-title", textContent: shown.querySelector("h1").textContent });
  shown.querySelector("h1").replaceWith(title);
  // The form has ids of its own, so that links within the preview lead nowhere.
  for (const element of shown.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const link of shown.querySelectorAll('a[href^="#"]')) link.removeAttribute("href");
  const pane = document.querySelector("#draft-preview");
  pane.replaceChildren(...shown.childNodes);
  if (shown.lang) pane.lang = shown.lang;
  pane.hidden = false;
  pane.focus();
}

function narrow(input) {
  const wanted = input.value.trim().toLowerCase();
  for (const box of input.closest("details").querySelectorAll(".ds_checkbox")) {
    box.hidden = !box.textContent.toLowerCase().includes(wanted) && !box.querySelector("input").checked;
  }
}

for (const filter of draft.querySelectorAll(".terms__filter")) filter.hidden = false;
for (const note of draft.querySelectorAll("[data-new-tab]")) note.remove();
draft.addEventListener("input", (event) => {
  count();
  if (event.target.matches("[data-filter]")) narrow(event.target);
});
draft.addEventListener("keydown", (event) => {
  // Enter in a filter would send the form.
  if (event.key === "Enter" && event.target.matches("[data-filter]")) event.preventDefault();
});
draft.addEventListener("focusout", () => save());
draft.addEventListener("submit", (event) => { isLeaving = !event.submitter || event.submitter.formTarget !== "_blank"; });
draft.querySelector("[data-preview-button]").addEventListener("click", (event) => {
  event.preventDefault();
  preview(event.currentTarget).catch(() => say("There is no preview just now: the library does not answer."));
});
window.addEventListener("beforeunload", (event) => { if (!isLeaving && changedNames().length) event.preventDefault(); });
window.setInterval(save, SAVE_EVERY_MS);
count();
if (isPaused) document.querySelector("#error-summary")?.focus();
