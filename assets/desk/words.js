// Sentences of the template `desk-words`, in the reader's language.

const words = new Map();

/** The sentence of that name with its {…} filled in. */
export function say(name, values = {}) {
  if (words.size === 0) {
    for (const each of document.getElementById("desk-words").content.children) {
      words.set(each.dataset.word, each.textContent);
    }
  }
  return words.get(name).replace(/\{(\w+)\}/g, (_whole, key) => String(values[key] ?? ""));
}

/** A copy of what a <template> holds. */
export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
