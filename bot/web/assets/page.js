// What a page does without this file it does with it too; here it only need not be loaded anew.
"use strict";

const box = document.getElementById("box");
const field = document.getElementById("q");
const status = document.getElementById("status");
const wide = matchMedia("(min-width: 64rem)");

// A report's place as #120-145: the server marks what it is told as ?at=.
const place = /^#(\d+-\d+)$/.exec(location.hash);
if (place && location.pathname.startsWith("/report/")) {
  location.replace(`${location.pathname}?at=${place[1]}#at`);
}

async function ask(form, submitter) {
  if (box.getAttribute("aria-busy") === "true") return;
  const data = new FormData(form);
  if (submitter?.name) data.set(submitter.name, submitter.value);
  const typed = form === box;
  if (typed && !field.value.trim()) return;
  if (!data.get("c")) data.set("c", box.elements.c.value);
  if (!submitter?.hasAttribute("data-inplace")) data.delete("instead");
  else data.set("instead", submitter.value);
  busy(true);
  const pending = document.createElement("p");
  pending.className = "pending";
  pending.textContent = status.textContent = box.dataset.busy;
  document.getElementById("turns").append(pending);
  if (typed) pending.scrollIntoView({ block: "nearest" });
  try {
    const answer = await fetch("/ask", {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(data),
    });
    const told = await answer.json();
    pending.remove();
    if (told.error) throw new Error(told.error);
    show(told);
    if (typed) field.value = "";
    grow();
  } catch (problem) {
    trouble(problem instanceof TypeError || problem instanceof SyntaxError ? box.dataset.failed : problem.message);
  } finally {
    pending.remove();
    busy(false);
  }
}

// Where the style sheet cannot, the box grows with what is in it.
function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight * 0.4)}px`;
}

function busy(yes) {
  box.setAttribute("aria-busy", yes);
}

function show(told) {
  const holder = document.createElement("template");
  holder.innerHTML = told.html;
  const turn = holder.content.firstElementChild;
  const old = document.getElementById(turn.id);
  if (box.elements.c.value && box.elements.c.value !== told.talk) document.getElementById("turns").replaceChildren();
  document.querySelector(".start")?.remove();
  document.querySelectorAll("main > .notice, .trouble").forEach((one) => one.remove());
  box.elements.c.value = told.talk;
  if (old?.isConnected) old.replaceWith(turn);
  else document.getElementById("turns").append(turn);
  dress(turn);
  history.replaceState(null, "", `/c/${told.talk}`);
  turn.scrollIntoView({ block: old ? "nearest" : "start", behavior: "instant" });
  const first = turn.querySelector(".answer .figure, .answer li, .answer p");
  status.textContent = `${box.dataset.done} ${first ? first.textContent : ""}`;
}

function trouble(words) {
  document.querySelectorAll(".trouble").forEach((one) => one.remove());
  const line = document.createElement("p");
  line.className = "notice trouble";
  line.setAttribute("role", "alert");
  line.textContent = words;
  status.textContent = "";
  box.before(line);
  line.scrollIntoView({ block: "nearest" });
}

// Tables are sorted by what each cell is sorted by, numbers as numbers.
function dress(root) {
  for (const table of root.querySelectorAll("table.sortable")) {
    table.querySelectorAll("th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => sort(table, head, column));
    });
  }
  for (const quote of root.querySelectorAll(".answer > .part > blockquote")) {
    const row = document.createElement("p");
    row.className = "copy";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = box.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(quote.querySelector("p").textContent);
      status.textContent = button.textContent = box.dataset.copied;
    });
    row.append(button);
    quote.append(row);
  }
}

function sort(table, head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const by = (row) => row.cells[column].dataset.by ?? row.cells[column].textContent.trim();
  const order = new Intl.Collator(document.documentElement.lang || "zh", { numeric: true });
  const rows = [...table.tBodies[0].rows];
  const numbers = rows.every((row) => by(row) === "" || Number.isFinite(Number(by(row))));
  rows.sort((a, b) => {
    const [one, other] = [by(a), by(b)];
    if (one === "" || other === "") return (one === "") - (other === ""); // what is not told stands last
    const found = numbers ? Number(one) - Number(other) : order.compare(one, other);
    return down ? -found : found;
  });
  table.tBodies[0].append(...rows);
  table.querySelectorAll("th").forEach((one) => one.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

// The report beside the answer, where there is room; else the link leads to its page.
let opener = null;

async function open(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const reading = page.getElementById("reading");
  if (!answer.ok || !reading) {
    location.assign(link.href);
    return;
  }
  let beside = document.getElementById("beside");
  if (!beside) {
    beside = document.createElement("aside");
    beside.id = "beside";
    beside.tabIndex = 0;
    beside.setAttribute("aria-label", box.dataset.beside);
    document.body.append(beside);
  }
  const bar = document.createElement("div");
  bar.className = "bar";
  const alone = document.createElement("a");
  alone.href = link.href;
  alone.target = "_blank";
  alone.rel = "noopener";
  alone.textContent = box.dataset.alone;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = box.dataset.shut;
  button.addEventListener("click", shut);
  bar.append(alone, button);
  beside.replaceChildren(bar, document.adoptNode(reading));
  document.body.classList.add("paired");
  opener = link;
  link.scrollIntoView({ block: "nearest" });
  const mark = beside.querySelector("#at");
  if (mark) beside.scrollTop += mark.getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 3;
  else beside.scrollTop = 0;
  beside.querySelector("#name").focus({ preventScroll: true });
}

function shut() {
  document.getElementById("beside")?.remove();
  document.body.classList.remove("paired");
  opener?.focus();
}

if (box) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#box, .choices")) return;
    event.preventDefault();
    ask(event.target, event.submitter);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.requestSubmit();
  });
  field.addEventListener("input", grow);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && document.getElementById("beside")) shut();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/report/']");
    if (!link || link.target || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
  dress(document);
}
