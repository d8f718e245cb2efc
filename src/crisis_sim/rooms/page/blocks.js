// Lays out blocks: each kind becomes an element. What has the key of something that can be opened is a button.

import { element } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";

/** The pieces of a text, each with its tone. */
export function spans(line) {
  return line.map(([text, tone]) => (tone ? element("span", { class: `tone-${tone}` }, text) : text));
}

const words = (line) => line.map(([text]) => text).join("");

/** Blocks as elements; `opens` says which keys can be opened, and `open` opens one. Heads begin at `top`. */
export function laidOut(blocks, opens, open, top = "h3") {
  const first = Math.min(...blocks.map((of) => (of.is === "Heading" ? Math.min(of.level, 3) : 3)));
  const keyed = (key, children, more = {}) =>
    key && opens.has(key)
      ? element("button", { type: "button", class: "link", "data-key": key, on: { click: () => open(key) }, ...more }, ...children)
      : element("span", more, ...children);

  const sharing = (of) => {
    const others = blocks.filter((each) => each.is === "Curve" && each.letter);
    return of.letter ? (others[0] === of ? others : []) : [of];
  };
  const kinds = {
    Heading: (of) => element(of.level > 2 && first < 3 ? `h${Number(top[1]) + 1}` : top, { class: [`level-${Math.min(of.level, 3)}`, of.tone ? `tone-${of.tone}` : ""].join(" ").trim() }, of.text),
    Paragraph: (of) =>
      element("p", { class: `depth-${Math.min(of.depth, 3)}` },
        of.lead.length ? element("span", { class: "lead" }, ...spans(of.lead), " ") : null,
        keyed(of.key, spans(of.line))),
    Items: (of) =>
      element(of.numbered ? "ol" : "ul", { class: `depth-${Math.min(of.depth, 3)}` },
        of.items.map((item) => element("li", {}, ...spans(item)))),
    Quote: (of) => element("blockquote", { class: `depth-${Math.min(of.depth, 3)}` }, of.text),
    MeterBar: (of) =>
      element("div", { class: "meter" },
        keyed(of.key, [...spans(of.lead), of.name]),
        " ",
        element("span", { class: "value" }, ...spans(of.text)),
        of.maximum > of.minimum ? bar(of) : null,
        of.note ? element("p", { class: "tone-quiet" }, of.note) : null),
    Scale: scale,
    Curve: (of) => curves(sharing(of)),
    Choice: (of) =>
      element("p", { class: of.chosen ? "choice chosen" : "choice" },
        keyed(of.key, [of.chosen ? "☑ " : "☐ ", of.name], opens.has(of.key) ? { "aria-pressed": of.chosen } : {}),
        of.note ? element("span", { class: "tone-quiet" }, " ", of.note) : null),
    Table: (of) => table(of, keyed),
  };
  return blocks.map((block) => (kinds[block.is] ? kinds[block.is](block) : null));
}

function bar(of) {
  const fill = element("span");
  const share = (of.value - of.minimum) / (of.maximum - of.minimum);
  fill.style.width = `${Math.round(100 * Math.min(Math.max(share, 0), 1))}%`;
  return element("span", { class: "bar", "aria-hidden": "true" }, fill);
}

function scale(of) {
  const places = of.maximum - of.minimum;
  const rows = of.marks.map((mark) => {
    const track = element("span", { class: "track", "aria-hidden": "true" });
    if (mark.value !== null) {
      const dot = element("span", { class: `dot tone-${mark.tone || "strong"}` });
      dot.style.left = `${(100 * (mark.value - of.minimum)) / places}%`;
      track.append(dot);
    }
    return element("div", { class: "mark" },
      element("span", { class: mark.tone ? `tone-${mark.tone}` : null }, mark.name),
      track,
      element("span", {}, ...spans(mark.text)));
  });
  const ends = element("div", { class: "mark ends", "aria-hidden": "true" },
    element("span"), element("span", { class: "track" }, element("span", {}, of.ends[0]), element("span", {}, of.ends[1])), element("span"));
  return element("div", { class: "scale" }, rows, ends);
}

/** Curves that share a scale in one picture, so that it is seen where they part; then each in a row, step by step from 0. */
function curves(found) {
  if (!found.length) return null;
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 100 30");
  drawn.setAttribute("preserveAspectRatio", "none");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "curve");
  for (const of of found) {
    const path = document.createElementNS(SVG, "polyline");
    const step = 100 / Math.max(of.values.length - 1, 1);
    path.setAttribute("class", `tone-${of.tone || "strong"}`);
    path.setAttribute("points", of.values.map((value, at) => `${at * step},${30 - (30 * value) / of.maximum}`).join(" "));
    drawn.append(path);
  }
  const steps = found[0].letter ? found[0].labels.map((_label, at) => element("th", { scope: "col", class: "number" }, String(at))) : [];
  const rows = found.map((of) => element("tr", { class: of.tone ? `tone-${of.tone}` : null },
    element("th", { scope: "row", class: of.tone ? `tone-${of.tone}` : null }, of.name), of.labels.map((label) => element("td", { class: "number" }, label))));
  return element("figure", {}, found[0].values.length > 1 ? drawn : null, element("div", { class: "wide-table", tabindex: "0", role: "group", "aria-label": found.map((of) => of.name).join(", ") },
    element("table", {}, steps.length ? element("thead", {}, element("tr", {}, element("td"), steps)) : null, element("tbody", {}, rows))));
}

function table(of, keyed) {
  const cell = (span, column) => [
    column.is_number ? "number" : null, column.is_wide ? "wide" : null, span[1] ? `tone-${span[1]}` : null,
  ].filter(Boolean).join(" ");
  const isHeaded = of.columns.some((column) => column.name);
  if (!isHeaded && of.columns.length <= 2) {
    return element("div", { class: "rows" }, of.rows.map((row) =>
      element("div", { class: "row" },
        keyed(row.key, row.cells.slice(0, 1).map(([text]) => text), { class: `${cell(row.cells[0], of.columns[0])} link` }),
        row.cells[1] ? element("span", { class: cell(row.cells[1], of.columns[1]) }, row.cells[1][0]) : null,
        row.notes.map((note) => element("p", { class: "tone-quiet" }, ...spans(note))))));
  }
  const heads = isHeaded
    ? element("thead", {}, element("tr", {}, of.columns.map((column) =>
        column.name ? element("th", { scope: "col", class: column.is_number ? "number" : null }, column.name) : element("td"))))
    : null;
  const rows = of.rows.flatMap((row) => [
    element("tr", {}, row.cells.map((span, at) =>
      element("td", { class: cell(span, of.columns[at]) }, at ? span[0] : keyed(row.key, [span[0]])))),
    ...row.notes.map((note) =>
      element("tr", {}, element("td", { colspan: of.columns.length, class: "wide tone-quiet" }, ...spans(note)))),
  ]);
  return element("div", { class: "wide-table", tabindex: "0", role: "group", "aria-label": words(of.legend) || of.columns.map((column) => column.name).filter(Boolean).join(", ") || null },
    element("table", {}, heads, element("tbody", {}, rows)),
    of.legend.length ? element("p", { class: "tone-quiet" }, ...spans(of.legend)) : null);
}
