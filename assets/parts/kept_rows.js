// The small database of this browser in which the hour grid keeps rows that the server does not
// have yet. A write is done when it is on the disk: `localStorage` promises no moment for that, and
// what a browser is killed with before it may be lost.

const DATABASE = "desk";
const STORE = "copies";
// Names begin alike for one user or one draft; no letter of a name comes after this one.
const LAST = "\uffff";

let opening = null;

function open() {
  opening ||= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      // The browser closes it when the user clears what pages have stored.
      request.result.onclose = () => {
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opening = null;
      reject(request.error);
    };
  });
  return opening;
}

/** Resolves with the answer to the one request that `work` makes of the store, once it is done. */
async function during(mode, work) {
  const database = await open();
  const transaction = database.transaction(STORE, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error || request.error);
    // A page that ends right now has said all that it wants.
    transaction.commit?.();
  });
}

const beginning = (prefix) => IDBKeyRange.bound(prefix, prefix + LAST);

/** The names that begin so. */
export const namesOf = (prefix) => during("readonly", (store) => store.getAllKeys(beginning(prefix)));

/** What is kept under a name, undefined for nothing. */
export const readCopy = (name) => during("readonly", (store) => store.get(name));

/** Keeps a value in the place of what was there. Rejects where there is no room. */
export const writeCopy = (name, value) => during("readwrite", (store) => store.put(value, name));

export const dropCopy = (name) => during("readwrite", (store) => store.delete(name));

/** Drops all whose names begin so. */
export const dropCopies = (prefix) =>
  during("readwrite", (store) => store.delete(beginning(prefix)));
