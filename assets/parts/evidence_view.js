// The large picture of the pane of evidence: fits the width at first, zooms, turns, moves, and stays
// beside what is typed from it.

const STEP = 1.25;
const SMALLEST = 0.25;
const LARGEST = 8;
const FURTHER = 0.4; // of the height, for each press of Alt+PageDown

export function makeViewer(pane) {
  const part = (name) => pane.querySelector(`[data-evidence-${name}]`);
  const view = part("view");
  const stage = part("stage");
  const frame = part("frame");
  const large = part("large");
  const caption = part("caption");
  let link = null;
  let zoom = 1;
  let turns = 0;

  const links = () => [...pane.querySelectorAll("[data-evidence-picture]")];

  /** The picture's own size, turned, against the width that there is. */
  function lay() {
    const { naturalWidth: width, naturalHeight: height } = large;
    if (!width) return;
    const onSide = turns % 2 === 1;
    const scale = (zoom * stage.clientWidth) / (onSide ? height : width);
    large.style.width = `${width * scale}px`;
    large.style.height = `${height * scale}px`;
    large.style.transform = `translate(-50%, -50%) rotate(${turns * 90}deg)`;
    frame.style.width = `${(onSide ? height : width) * scale}px`;
    frame.style.height = `${(onSide ? width : height) * scale}px`;
  }

  /** Zooms so that the point under the pointer, or the middle, stays where it is. */
  function zoomTo(wanted, point) {
    const next = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const box = stage.getBoundingClientRect();
    const x = point ? point.clientX - box.left : stage.clientWidth / 2;
    const y = point ? point.clientY - box.top : stage.clientHeight / 2;
    const [left, top] = [stage.scrollLeft + x, stage.scrollTop + y];
    const ratio = next / zoom;
    zoom = next;
    lay();
    stage.scrollTo(left * ratio - x, top * ratio - y);
  }

  function show(next) {
    links().forEach((each) => each.classList.toggle("is-shown", each === next));
    link = next;
    view.hidden = false;
    pane.classList.add("is-viewing");
    large.src = next.href;
    large.alt = next.dataset.evidencePicture;
    caption.textContent = next.dataset.evidencePicture;
    turns = 0;
    zoom = 1;
    stage.scrollTo(0, 0);
    if (!pane.contains(document.activeElement)) return;
    stage.focus({ preventScroll: true });
  }

  function step(by) {
    const all = links();
    const next = all[(all.indexOf(link) + by + all.length) % all.length];
    if (next) show(next);
  }

  function close() {
    view.hidden = true;
    pane.classList.remove("is-viewing");
    links().forEach((each) => each.classList.remove("is-shown"));
    if (link && link.isConnected) link.focus();
    link = null;
  }

  const acts = {
    previous: () => step(-1),
    next: () => step(1),
    smaller: () => zoomTo(zoom / STEP),
    larger: () => zoomTo(zoom * STEP),
    turn: () => {
      turns = (turns + 1) % 4;
      lay();
    },
    close,
  };
  const keys = {
    "+": acts.larger,
    "=": acts.larger,
    "-": acts.smaller,
    0: () => zoomTo(1),
    r: acts.turn,
    R: acts.turn,
    PageDown: acts.next,
    PageUp: acts.previous,
    Escape: close,
  };

  function besideTyping(event) {
    if (view.hidden || !event.altKey || event.ctrlKey || event.metaKey) return;
    const far = stage.clientHeight * FURTHER;
    const moves = {
      PageDown: () => stage.scrollBy(0, far),
      PageUp: () => stage.scrollBy(0, -far),
      "+": acts.larger,
      "=": acts.larger,
      "-": acts.smaller,
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  function drag(down) {
    if (down.button !== 0 || down.pointerType === "touch") return;
    down.preventDefault();
    stage.focus({ preventScroll: true });
    const from = [stage.scrollLeft + down.clientX, stage.scrollTop + down.clientY];
    const move = (event) => stage.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
    stage.setPointerCapture(down.pointerId);
    stage.addEventListener("pointermove", move);
    const end = () => stage.removeEventListener("pointermove", move);
    stage.addEventListener("lostpointercapture", end, { once: true });
  }

  large.addEventListener("load", lay);
  new ResizeObserver(lay).observe(stage);
  stage.addEventListener("pointerdown", drag);
  stage.addEventListener("dblclick", (event) => zoomTo(zoom > 1 ? 1 : 2.5, event));
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? STEP : 1 / STEP), event);
    },
    { passive: false },
  );
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  view.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-evidence-do]");
    if (pressed) acts[pressed.dataset.evidenceDo]();
  });
  document.addEventListener("keydown", besideTyping);
  // A picture that was removed is not looked at any longer.
  pane.addEventListener("evidence:change", () => {
    if (!link || link.isConnected) return;
    const same = links().find((each) => each.href === link.href);
    if (!same) close();
    else {
      link = same;
      same.classList.add("is-shown");
    }
  });
  return { show };
}
