// Nothing typed is lost by an expired session. A form with data-keep="name" is copied into the
// tab's own storage when it is sent; if the login page comes instead of an answer, the next visit
// of that form gets the values back. The copy goes when the answer was another page, when someone
// else signs in, and at sign-out. Passwords, files and hidden fields are never copied.

import { dropCopies } from "./kept_rows.js";
import { forgetCodes } from "./pocket.js";

const PREFIX = "draft:";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

const user = () => document.body.dataset.user || "";
const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !SKIPPED.has(field.type) && !field.closest("[data-keep-not]"),
  );

function entries() {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => [key, JSON.parse(sessionStorage.getItem(key))]);
}

function copy(form) {
  const values = fieldsOf(form).map((field) => [
    field.name,
    field.type === "checkbox" || field.type === "radio"
      ? { value: field.value, checked: field.checked }
      : { value: field.value },
  ]);
  const entry = { user: user(), path: location.pathname, interrupted: false, values };
  sessionStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify(entry));
}

function fill(form, values) {
  for (const [name, saved] of values) {
    for (const field of fieldsOf(form)) {
      if (field.name !== name) continue;
      if (!("checked" in saved)) field.value = saved.value;
      else if (field.value === saved.value) field.checked = saved.checked;
    }
  }
  const note = form.querySelector("[data-kept-note]");
  if (note) note.hidden = false;
}

function settle(key, entry) {
  if (document.body.dataset.signIn !== undefined) {
    sessionStorage.setItem(key, JSON.stringify({ ...entry, interrupted: true }));
    return;
  }
  const form = document.querySelector(`form[data-keep="${CSS.escape(key.slice(PREFIX.length))}"]`);
  const mine = entry.user === user() && entry.path === location.pathname;
  if (entry.interrupted && mine && form && !form.querySelector(".is-invalid")) {
    fill(form, entry.values);
  }
  if (!entry.interrupted || entry.user !== user() || form) sessionStorage.removeItem(key);
}

// Rows of the hour grid that are not on the server yet are kept under the user's name. They are
// gone before the sign-out is sent, since the page may not live longer than that.
async function forgetRows() {
  try {
    await dropCopies(`desk:${user()}:`);
  } catch (error) {
    console.warn("copies of unsaved rows stay, legible to nobody else", error);
  }
}

const forgotten = new WeakSet();

async function signOut(event) {
  const { target, submitter } = event;
  if (forgotten.has(target)) return;
  event.preventDefault();
  for (const [key] of entries()) sessionStorage.removeItem(key);
  await Promise.all([forgetRows(), forgetCodes()]);
  forgotten.add(target);
  target.requestSubmit(submitter);
}

export function keepDrafts() {
  for (const [key, entry] of entries()) settle(key, entry);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-sign-out]")) signOut(event);
    else if (form.dataset.keep) copy(form);
  });
}
