// The pane of evidence (templates/volunteers/evidence/_pane.html): files are dropped, pasted, chosen
// or photographed, sent one after the other with their progress, and looked at in a large view. The
// server answers every change with the list of files.

import { makeViewer } from "./evidence_view.js";

const HEADERS = { "X-Requested-With": "fetch" };

const tell = (pane) => {
  const files = pane.querySelectorAll(".evidence-files > li:not(.evidence-none)").length;
  pane.dispatchEvent(new CustomEvent("evidence:change", { bubbles: true, detail: { files } }));
};

function replaceFiles(pane, html) {
  pane.querySelector("[data-evidence-files]").innerHTML = html;
  tell(pane);
}

const isLogin = (address) =>
  new URL(address || location.href, location.href).pathname === document.body.dataset.loginUrl;

/** What went wrong, in the words that the page brought along or the server said. */
function complaint(words, status, text, address) {
  if (status === 0) return words.offline;
  if (isLogin(address)) return words.signedOut;
  if (status === 409) return JSON.parse(text).errors[0].detail;
  if (status === 413) return words.tooLarge;
  return words.failed;
}

/** One file on its way: a line with its name, its progress and, at the end, what went wrong. */
function uploadLine(list, file) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const state = document.createElement("span");
  name.textContent = file.name;
  bar.className = "rate-bar";
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  state.className = "soft";
  state.textContent = list.dataset.waiting;
  line.append(name, bar, state);
  list.append(line);
  return { line, bar, state };
}

function sendOne(form, file, shown, words) {
  return new Promise((resolve) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    for (const [name, value] of Object.entries(HEADERS)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      shown.bar.value = event.loaded / event.total;
      shown.state.textContent =
        event.loaded < event.total
          ? `${Math.round((100 * event.loaded) / event.total)} %`
          : words.reading;
    });
    request.addEventListener("loadend", () => {
      const { status, responseText, responseURL } = request;
      const arrived = status === 200 && !isLogin(responseURL);
      resolve({ arrived, html: responseText, status, address: responseURL });
    });
    request.send(body);
  });
}

/** Sends files in the order in which they came; one that fails stays listed with a way on. */
function makeQueue(pane, form) {
  const list = pane.querySelector("[data-evidence-uploads]");
  const words = list.dataset;
  let last = Promise.resolve();

  function offerAgain(shown, file, message) {
    shown.line.classList.add("is-refused");
    shown.bar.remove();
    shown.state.textContent = message;
    const again = button(words.again, () => {
      shown.line.remove();
      add([file]);
    });
    shown.line.append(again, button(words.dismiss, () => shown.line.remove()));
  }

  async function send(file, shown) {
    const answer = await sendOne(form, file, shown, words);
    if (!answer.arrived) {
      offerAgain(shown, file, complaint(words, answer.status, answer.html, answer.address));
      return;
    }
    shown.line.remove();
    replaceFiles(pane, answer.html);
  }

  function add(files) {
    for (const file of files) {
      const shown = uploadLine(list, file);
      last = last.then(() => send(file, shown));
    }
  }
  return add;
}

function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn-link-plain";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

function listenForFiles(pane, form) {
  const add = makeQueue(pane, form);
  form.addEventListener("change", (event) => {
    if (!event.target.files) return;
    add([...event.target.files]);
    event.target.value = "";
  });
  const mark = (on) => form.classList.toggle("is-over", on);
  pane.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  pane.addEventListener("dragleave", () => mark(false));
  pane.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    mark(false);
    add([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    // A spreadsheet puts a picture of its cells beside their text; the text is what is meant.
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    add([...files]);
  });
}

async function change(pane, form) {
  const list = pane.querySelector("[data-evidence-uploads]");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: HEADERS,
      body: new FormData(form),
    });
    const text = await answer.text();
    if (answer.ok && !isLogin(answer.url)) replaceFiles(pane, text);
    else say(list, complaint(list.dataset, answer.status, text, answer.url));
  } catch (error) {
    // What fetch throws when the network is away; anything else is a fault and shall be seen.
    if (!(error instanceof TypeError)) throw error;
    say(list, list.dataset.offline);
  }
}

function say(list, message) {
  const line = document.createElement("li");
  line.className = "is-refused";
  const text = document.createElement("span");
  text.textContent = message;
  line.append(text, button(list.dataset.dismiss, () => line.remove()));
  list.append(line);
}

function listenOn(pane) {
  const form = pane.querySelector("form[data-evidence-add]");
  if (form) listenForFiles(pane, form);
  const viewer = makeViewer(pane);
  pane.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-evidence-change]")) return;
    event.preventDefault();
    change(pane, event.target);
  });
  pane.addEventListener("click", (event) => {
    const link = event.target.closest("[data-evidence-picture]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    viewer.show(link);
  });
}

export function listenForEvidence() {
  document.querySelectorAll("[data-evidence]").forEach(listenOn);
}
