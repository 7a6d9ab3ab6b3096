// What all charts share: type, colours, tooltips that need no inline style.

export const SCALE = ["#e3f1ef", "#b3dbd6", "#76bdb5", "#1f8177", "#0b5249"];
export const INK = "#1c2328";
export const SOFT = "#55606a";
export const TEAL = "#0f766e";
export const BEHIND = "#c3cacf";
export const LINE = "#dde2e5";

/** Sizes and common options; the wall is read from five metres. */
export function theme(canvas) {
  const wall = document.body.classList.contains("wall");
  const size = wall ? 22 : 12;
  const font = getComputedStyle(canvas).fontFamily;
  return {
    wall,
    size,
    rowHeight: wall ? 52 : 28,
    narrow: canvas.clientWidth < 480,
    common: {
      animation: false,
      textStyle: { fontFamily: font, fontSize: size, color: INK },
      tooltip: {
        renderMode: "richText",
        confine: true,
        backgroundColor: "#fff",
        borderColor: LINE,
        textStyle: { color: INK, fontSize: size + 1, fontFamily: font },
      },
    },
  };
}

/** "label" as the server wrote it, else the number with its unit. */
export function textOf(item, unit) {
  if (item.label) return item.label;
  if (item.value === null || item.value === undefined) return "–";
  return unit ? `${item.value} ${unit}` : String(item.value);
}
