// Makes elements. Foreign words become text and nothing else.

/** An element with attributes and children; a child that is a string is text, and one that is null is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "on") {
      for (const [event, does] of Object.entries(value)) made.addEventListener(event, does);
    } else {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button with words, and what it does. */
export function button(words, does, attributes = {}) {
  return element("button", { type: "button", on: { click: does }, ...attributes }, ...[words].flat());
}

/** Put other children into a place, and the focus back to where it was by the key of what had it. */
export function refill(place, ...children) {
  const had = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  if (had) place.querySelector(`[data-key="${CSS.escape(had)}"]`)?.focus({ preventScroll: true });
}
