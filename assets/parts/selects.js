// Selects one can type into: select[data-typeahead]. tom-select is fetched only when one is there.
// data-typeahead="URL" asks URL?q=… and expects {"results": [{"value", "text", "detail"}]}.

// What the server found it may have found by pinyin or by a number that is not shown, so each
// result remembers the words it was found by; else the library would hide it again.
function loader(url) {
  return async function load(query, callback) {
    const address = new URL(url, location.href);
    address.searchParams.set("q", query);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const results = answer.ok ? (await answer.json()).results : [];
    const found = results.map((item) => ({ ...item, found: query }));
    found.filter(({ value }) => this.options[value]).forEach((item) => {
      this.updateOption(item.value, item);
    });
    callback(found);
  };
}

function row(item, escape) {
  const detail = item.detail ? `<span class="text-secondary">${escape(item.detail)}</span>` : "";
  return `<div>${escape(item.text)} ${detail}</div>`;
}

async function upgrade(select) {
  select.dataset.upgraded = "";
  const { default: TomSelect } = await import("tom-select/base");
  const url = select.dataset.typeahead;
  const none = select.dataset.noResults || "–";
  const remote = url ? { load: loader(url), shouldLoad: (query) => query.length > 0 } : {};
  new TomSelect(select, {
    ...remote,
    maxOptions: 50,
    searchField: ["text", "detail", "found"],
    render: {
      option: row,
      item: row,
      no_results: (_data, escape) => `<div class="no-results">${escape(none)}</div>`,
    },
  });
  // The box one types into carries the label now.
  select.setAttribute("aria-hidden", "true");
}

function upgradeWithin(root) {
  root.querySelectorAll("select[data-typeahead]:not([data-upgraded])").forEach(upgrade);
}

export function upgradeSelects() {
  upgradeWithin(document);
  document.body.addEventListener("htmx:load", (event) => upgradeWithin(event.detail.elt));
}
