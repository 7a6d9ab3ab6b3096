// Behaviour of the components in templates/components, as Alpine's CSP build wants it: named here,
// referred to by x-data="name" there.

const BOX = "input[type=checkbox][data-select-row]";

/** Rows ticked in a list: counts them, writes the count into buttons, shows the bulk bar. */
function selection() {
  return {
    count: 0,
    last: null,
    init() {
      this.recount();
      this.$root.addEventListener("change", (event) => this.changed(event));
      this.$root.addEventListener("click", (event) => this.range(event));
      this.$root.addEventListener("htmx:afterSwap", () => this.recount());
    },
    boxes() {
      return [...this.$root.querySelectorAll(BOX)].filter((box) => !box.disabled);
    },
    all() {
      return this.$root.querySelector("[data-select-all]");
    },
    changed(event) {
      if (event.target === this.all()) {
        this.boxes().forEach((box) => {
          box.checked = event.target.checked;
        });
      }
      if (event.target.matches(`${BOX}, [data-select-all]`)) this.recount();
    },
    range(event) {
      if (!event.target.matches(BOX)) return;
      const boxes = this.boxes();
      const here = boxes.indexOf(event.target);
      const there = boxes.indexOf(this.last);
      if (event.shiftKey && there >= 0) {
        const [from, to] = [Math.min(here, there), Math.max(here, there)];
        boxes.slice(from, to + 1).forEach((box) => {
          box.checked = event.target.checked;
        });
        this.recount();
      }
      this.last = event.target;
    },
    clear() {
      this.boxes().forEach((box) => {
        box.checked = false;
      });
      this.recount();
    },
    recount() {
      const boxes = this.boxes();
      const ticked = boxes.filter((box) => box.checked);
      this.count = ticked.length;
      boxes.forEach((box) => {
        const row = box.closest("tr, li");
        if (row) row.classList.toggle("is-selected", box.checked);
      });
      const all = this.all();
      if (all) {
        all.checked = this.count > 0 && this.count === boxes.length;
        all.indeterminate = this.count > 0 && this.count < boxes.length;
      }
      this.$root.querySelectorAll("[data-count-label]").forEach((element) => {
        element.textContent = element.dataset.countLabel.replace("{n}", this.count);
      });
    },
    get any() {
      return this.count > 0;
    },
  };
}

/** The offer to undo, for ten seconds; the line that tells of the success stays. */
function undo() {
  return {
    left: 10,
    timer: null,
    init() {
      this.left = Number(this.$root.dataset.seconds) || 10;
      this.timer = setInterval(() => {
        this.left -= 1;
        if (this.left <= 0) clearInterval(this.timer);
      }, 1000);
    },
    destroy() {
      clearInterval(this.timer);
    },
    get offered() {
      return this.left > 0;
    },
  };
}

/** A button that must not be pressed twice: the form is marked busy once sent. */
function once() {
  return {
    sent: false,
    send(event) {
      if (this.sent) event.preventDefault();
      this.sent = true;
    },
    init() {
      window.addEventListener("pageshow", () => {
        this.sent = false;
      });
    },
  };
}

/** What a phone has no room for, behind a button; wider screens show it all (lists.css). */
function fold() {
  return {
    open: false,
    toggle() {
      this.open = !this.open;
    },
    get expanded() {
      return String(this.open);
    },
    get shown() {
      return this.open ? "is-open" : "";
    },
  };
}

export function registerComponents(Alpine) {
  Alpine.data("selection", selection);
  Alpine.data("undo", undo);
  Alpine.data("once", once);
  Alpine.data("fold", fold);
}
