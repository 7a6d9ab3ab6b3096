// Leaves out the parts of Tabler that the portal never uses. A list of refused names, rather than
// a scan for used ones, keeps the result the same whatever templates say: a class that works in
// Tabler's manual works here unless its family is named below.

const FAMILIES = [
  "accordion", "avatar", "bg-gradient", "bg-pattern", "browser", "bs-popover", "bs-tooltip",
  "btn-facebook", "btn-ghost", "btn-square", "btn-twitter", "card-gradient", "card-img",
  "card-link-pop", "card-link-rotate", "card-rotate", "card-stamp", "carousel", "chat",
  "col-separator", "cursor", "divide", "flag", "focus-ring", "form-colorinput", "form-floating",
  "form-imagecheck", "grid", "hero", "icon-filled", "icon-link", "icon-pulse", "icon-rotate",
  "icon-tada", "img", "link-underline", "link-offset", "link-opacity", "list-group-item-(?!action|text)\\w+",
  "modal-fullscreen", "navbar-dark", "navbar-overlap", "navbar-vertical", "object", "offcanvas-sm",
  "offcanvas-md", "offcanvas-lg", "offcanvas-xl", "offcanvas-xxl", "payment", "placeholder",
  "popover", "ribbon", "shape", "signature", "social", "sparkline", "star", "switch-icon",
  "text-bg", "tooltip", "tracking", "vr", "was-validated",
];
// Colours that stand for nothing here: state has teal, green, amber, red and grey.
const COLOURS = [
  "blue", "azure", "indigo", "purple", "pink", "orange", "lime", "cyan", "x", "facebook",
  "twitter", "linkedin", "google", "youtube", "vimeo", "dribbble", "github", "instagram",
  "pinterest", "vk", "rss", "flickr", "bitbucket", "tabler",
];
const COLOURED = ["bg", "text", "btn", "btn-outline", "border", "badge", "alert", "table", "link",
  "status", "form-check", "progress"];

const REFUSED = [
  new RegExp(`\\.(?:${FAMILIES.join("|")})(?![a-z0-9])(?!-group)`),
  new RegExp(`\\.(?:${FAMILIES.join("|")})-`),
  new RegExp(`\\.(?:${COLOURED.join("|")})-(?:${COLOURS.join("|")})(?![a-z])`),
  /-xxl-|-xl-(?:m|p|order|offset|g)/,
  /\.(?:m|p)[tbsexy]?-(?:sm|xl|xxl)-/,
  /data-bs-theme=["']?(?:dark|primary)/,
  /\.navbar-expand-(?:sm|lg|xl|xxl)/,
];

const isRefused = (selector) => REFUSED.some((pattern) => pattern.test(selector));

/** Splits a selector list at the commas that are not inside brackets. */
function splitSelectors(list) {
  return list.split(/,(?![^([]*[)\]])/);
}

function keepBlock(head, body) {
  if (head.startsWith("@media") || head.startsWith("@supports")) {
    const inner = pruneTabler(body);
    return inner.trim() ? `${head}{${inner}}` : "";
  }
  if (head.startsWith("@")) return `${head}{${body}}`;
  const kept = splitSelectors(head).filter((selector) => !isRefused(selector));
  return kept.length ? `${kept.join(",")}{${body}}` : "";
}

/**
 * The stylesheet `css` (flat, without nesting) without the rules whose every selector is refused.
 * Data addresses hold no braces in Tabler's files, so counting braces finds the blocks.
 */
export function pruneTabler(css) {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const out = [];
  let start = 0;
  while (start < text.length) {
    const open = text.indexOf("{", start);
    if (open < 0) {
      out.push(text.slice(start));
      break;
    }
    const statement = text.lastIndexOf(";", open);
    const headStart = statement >= start ? statement + 1 : start;
    out.push(text.slice(start, headStart));
    let depth = 1;
    let end = open + 1;
    for (; depth > 0; end += 1) {
      if (text[end] === "{") depth += 1;
      else if (text[end] === "}") depth -= 1;
    }
    out.push(keepBlock(text.slice(headStart, open).trim(), text.slice(open + 1, end - 1)));
    start = end;
  }
  return out.join("");
}
