// The roster and the scans of one shift on this device (IndexedDB).

const VERSION = 1;

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Store {
  static async open(shift) {
    const request = indexedDB.open(`door-${shift}`, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("scans", { keyPath: "nonce" });
    };
    return new Store(await asked(request));
  }

  constructor(database) {
    this.database = database;
  }

  table(name, mode) {
    return this.database.transaction(name, mode).objectStore(name);
  }

  roster() {
    return asked(this.table("kept", "readonly").get("roster"));
  }

  keepRoster(roster) {
    return asked(this.table("kept", "readwrite").put(roster, "roster"));
  }

  /** In the order in which they were made. */
  async scans() {
    const found = await asked(this.table("scans", "readonly").getAll());
    return found.sort((a, b) => a.at.localeCompare(b.at));
  }

  keep(scan) {
    return asked(this.table("scans", "readwrite").put(scan));
  }

  /** Names and codes go from the device; nothing unsent is ever thrown away. */
  async clear() {
    const transaction = this.database.transaction(["kept", "scans"], "readwrite");
    transaction.objectStore("scans").clear();
    await asked(transaction.objectStore("kept").clear());
  }
}
