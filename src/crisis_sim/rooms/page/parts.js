// The parts of a page, one at a time: a tab for each, the one that is open, and where there is room another beside it.

import { button, element, refill } from "./elements.js";
import { laidOut } from "./blocks.js";

const ROOMY = window.matchMedia("(min-width: 1100px)"); // where one part stands beside the task

/** The parts of the page of `app`: those of the task, then those beside it. */
export class Parts {
  constructor(app) {
    this.app = app;
    this.open = ""; // the part that somebody opened
    this.at = ""; // the one part whose tab the tab key comes to; arrows go to the others
    this.fresh = new Set(); // parts that show what nobody has seen here
    this.list = element("div", { id: "tabs", role: "tablist", on: { keydown: (event) => this.#arrow(event) } });
    this.place = element("div", { id: "regions" });
    this.sides = document.getElementById("sides");
    ROOMY.addEventListener("change", () => app.page && this.draw());
  }

  get #isTable() {
    return document.body.dataset.scene === "doors";
  }

  draw() {
    const { app } = this;
    const { scene } = document.body.dataset;
    this.place.hidden = !this.#isTable;
    if (app.isWall) return this.#drawWall();
    if (scene === "telling" || scene === "consent") return this.#drawBeside([]);
    const parts = (start, regions) => regions.filter(Boolean).map((region) => [`${start}-${region.name}`, region]);
    const tasks = this.#isTable ? parts("m", [...app.page.main, app.crew?.places?.region]) : [];
    this.regions = new Map([...tasks, ...parts("s", app.page.sides)]);
    if (!this.open) this.open = app.store.read("part", "");
    const { shown, beside, tabbed, isBeside } = this.#arranged(tasks.map(([name]) => name));
    this.tabbed = tabbed;
    this.#mark([...shown, ...beside]);
    this.list.hidden = !tabbed.length;
    this.list.setAttribute("aria-label", app.words.parts);
    this.list.setAttribute("aria-multiselectable", String(beside.length > 0 && shown.some((name) => tabbed.includes(name))));
    const all = [...shown, ...beside];
    this.at = [this.open, ...all, ...tabbed].find((name) => tabbed.includes(name)) ?? "";
    refill(this.list, tabbed.map((name) => this.#tab(name, all.includes(name))));
    refill(this.place, shown.map((name) => this.#panel(name, tabbed.includes(name))));
    this.#putTabs(isBeside);
    this.#drawBeside([isBeside && tabbed.length ? this.list : null, ...beside.map((name) => this.#panel(name, isBeside))]);
  }

  /** As at a terminal: where it is narrow the open part alone, else the task and one part beside it, and where the tabs are. */
  #arranged(tasks) {
    const names = [...this.regions.keys()];
    const first = `s-${this.app.page.side_first}`;
    const open = this.regions.has(this.open) ? this.open : this.#isTable ? names[0] : "";
    const isTask = tasks.includes(open);
    if (this.#isTable && !ROOMY.matches) return { shown: [open].filter(Boolean), beside: [], tabbed: names, isBeside: false };
    const beside = [open && !isTask ? open : ROOMY.matches ? first : ""].filter((name) => this.regions.has(name));
    if (tasks.length < 2) return { shown: tasks, beside, tabbed: names.filter((name) => !tasks.includes(name)), isBeside: true };
    return { shown: [isTask ? open : tasks[0]], beside, tabbed: names, isBeside: false };
  }

  #tab(name, isShown) {
    return button([this.regions.get(name).title, this.fresh.has(name) ? element("span", { class: "tone-new" }, ` ${this.app.words.new}`) : null].filter(Boolean),
      (event) => this.#pick(name, event), { id: `tab-${name}`, role: "tab", "aria-selected": String(isShown), "aria-controls": isShown ? `panel-${name}` : null, tabindex: name === this.at ? "0" : "-1", "data-key": `tab ${name}` });
  }

  /** A part; one that stands under its own tab is named there. */
  #panel(name, isUnderTab) {
    const { app } = this;
    const { title, blocks } = this.regions.get(name);
    const isTabbed = this.tabbed.includes(name);
    const more = isTabbed ? { id: `panel-${name}`, role: "tabpanel", tabindex: "0", "data-key": `panel ${name}`, "aria-labelledby": `tab-${name}` } : { "aria-labelledby": `region-${name}` };
    return element("section", { class: isUnderTab ? "region under-tab" : "region", ...more },
      element("h2", { id: `region-${name}` }, title), ...laidOut(blocks, app.opens, (key) => app.open(key)));
  }

  /** The story comes before what can be done about it, and any other part after it. */
  #putTabs(isBeside) {
    const { stage, page, isTeam } = this.app;
    const nodes = isBeside ? [this.place] : [this.list, this.place];
    const isStory = isTeam && page.phase === "briefing";
    const place = `${isBeside} ${isStory}`;
    if (this.placed === place && this.place.parentElement === stage.parentElement) return;
    this.placed = place;
    if (isStory) stage.before(...nodes);
    else stage.after(...nodes);
  }

  #drawBeside(children) {
    const nav = this.app.pageNames();
    const all = [nav, ...children].filter(Boolean);
    this.sides.hidden = all.length === 0;
    refill(this.sides, all);
  }

  /** Nobody opens anything at a wall: it shows all of it. */
  #drawWall() {
    const { app } = this;
    const [first, ...others] = app.page.main;
    this.tabbed = [];
    this.regions = new Map([first, app.crew?.places?.region, ...others].filter(Boolean).map((region) => [region.name, region]));
    refill(this.place, [...this.regions.keys()].map((name) => this.#panel(name, false)));
    if (this.place.parentElement !== app.stage.parentElement) app.stage.after(this.place);
    this.sides.hidden = true;
  }

  /** Which parts show what has not been seen here; other words for it in another language are none. */
  #mark(shown) {
    const { store, language } = this.app;
    const isTranslated = this.language !== undefined && this.language !== language;
    this.language = language;
    const fresh = new Set();
    for (const [name, region] of this.regions) {
      const told = digest(JSON.stringify(region.blocks));
      const seen = `seen ${region.name}`; // wherever it stands
      if (shown.includes(name) || (isTranslated && !this.fresh.has(name))) store.write(seen, told);
      else if (store.read(seen, "") !== told) fresh.add(name);
    }
    this.fresh = fresh;
  }

  show(name) {
    this.open = name;
    this.app.store.write("part", name);
    this.draw();
    this.list.scrollIntoView({ block: "nearest" });
  }

  /** By mouse or finger it opens; a key on the tab of what is open goes into it. */
  #pick(name, event) {
    const panel = document.getElementById(`panel-${name}`);
    if (panel && event.detail === 0) panel.focus();
    else this.show(name);
  }

  #goTo(name) {
    this.show(name);
    document.getElementById(`tab-${name}`)?.focus();
  }

  /** Tab goes from a tab into its part, and past its end to the next; shift+tab from a tab to the one before. Whether it does. */
  step(event) {
    const panel = document.getElementById(`panel-${this.at}`);
    const end = [panel, ...(panel?.querySelectorAll("button, [tabindex='0']") ?? [])].at(-1);
    const tab = document.getElementById(`tab-${this.at}`);
    if (tab === event.target && panel && !event.shiftKey) {
      panel.focus(); // wherever it stands
      return true;
    }
    const isEdge = event.target === (event.shiftKey ? tab : end);
    const next = isEdge && this.tabbed[this.tabbed.indexOf(this.at) + (event.shiftKey ? -1 : 1)];
    if (next) this.#goTo(next);
    return Boolean(next);
  }

  /** Back to the task at hand. */
  first() {
    const isAtTab = this.list.contains(document.activeElement);
    const [name] = this.regions.keys();
    if (!this.tabbed.length) return;
    this.show(name);
    (isAtTab && document.getElementById(`tab-${name}`) || this.app.place.main).focus({ preventScroll: true });
  }

  /** In a phase that begins the task is what is seen where there is room for one part alone. */
  begin() {
    if (ROOMY.matches) return;
    this.open = "";
    this.app.store.write("part", null);
  }

  #arrow(event) {
    const all = this.tabbed;
    const at = all.indexOf(event.target.id.slice("tab-".length));
    const to = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#goTo(all[to]);
  }
}

/** A short name of a text, by which another is known to differ. */
function digest(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) | 0;
  return `${text.length}:${sum}`;
}
