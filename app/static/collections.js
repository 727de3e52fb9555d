// Moves what is in a collection without a new page; every button works without it.

const said = document.querySelector("#arrange-said");

function formOf() {
  return document.querySelector("#arrange");
}

// Sends the form as its button would, and puts the answer in its place.
async function send(name, value) {
  const form = formOf();
  const body = new URLSearchParams(new FormData(form));
  body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#arrange");
  if (!fresh) {
    window.location.reload();
    return null;
  }
  form.replaceWith(fresh);
  makeReady(fresh);
  document.querySelector("#error-summary")?.remove();
  for (const old of document.querySelectorAll("#main > .notice[role=status]")) old.remove();
  const errors = page.querySelector("#error-summary");
  if (errors) {
    document.querySelector("#main h1").before(errors);
    errors.focus();
  }
  return page;
}

// The focus stays on the button that was pressed, or near where it was.
function focusAgain(value, place) {
  const form = formOf();
  const same = form.querySelector(`button[name="do"][value="${CSS.escape(value)}"]`);
  const near = [...form.querySelectorAll("[data-item]")].at(Math.max(place, 0));
  (same || near?.querySelector("button") || document.querySelector("#new-section")).focus();
}

async function press(button) {
  const { name, value } = button;
  const item = button.closest("[data-item]");
  const place = item ? [...formOf().querySelectorAll("[data-item]")].indexOf(item) : -1;
  const page = await send(name, value);
  if (!page || page.querySelector("#error-summary")) return;
  focusAgain(value, Math.min(place, formOf().querySelectorAll("[data-item]").length - 1));
  said.textContent = page.querySelector(".notice[role=status]")?.textContent || "";
}

function placeBelow(item, list, y) {
  const others = [...list.children].filter((one) => one !== item);
  const next = others.find((one) => {
    const box = one.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (item.parentElement !== list || item.nextElementSibling !== (next || null)) list.insertBefore(item, next || null);
}

// Dragging by the handle with a pointer; the buttons beside it do the same by keyboard.
function drag(event) {
  const item = event.currentTarget.closest("[data-item]");
  const start = { list: item.parentElement, next: item.nextElementSibling };
  event.preventDefault();
  item.classList.add("arrange__item--held");

  const move = (moved) => {
    const lists = [...formOf().querySelectorAll("[data-items]")];
    const over = lists.findLast((list) => moved.clientY >= list.closest("[data-section]").getBoundingClientRect().top);
    placeBelow(item, over || lists[0], moved.clientY);
    const edge = 60;
    if (moved.clientY < edge) window.scrollBy(0, -12);
    if (moved.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
  };
  const end = async (ended) => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", end);
    item.classList.remove("arrange__item--held");
    if (ended.type === "pointercancel") {
      start.list.insertBefore(item, start.next);
      return;
    }
    if (item.parentElement === start.list && item.nextElementSibling === start.next) return;
    const section = item.closest("[data-section]").dataset.section;
    const place = [...item.parentElement.children].indexOf(item);
    const page = await send("do", `place:${item.dataset.item}:${section}:${place}`);
    if (page) said.textContent = page.querySelector(".notice[role=status]")?.textContent || "";
  };
  // The handle itself moves about on the page, and would lose what it had captured.
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
}

function makeReady(form) {
  for (const handle of form.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", drag);
  }
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name !== "do") return;
    event.preventDefault();
    press(button).catch(() => {
      // The page does it by itself then.
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      formOf().append(hidden);
      formOf().submit();
    });
  });
}

makeReady(formOf());
