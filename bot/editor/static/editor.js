// While somebody types: how people would see it, and what the check would say. Without this, the button "Preview" does it.
const form = document.querySelector("form.edit");
const put = new Map(); // what stands where: what has not changed is not read out again
let asked = 0, shown = 0, timer, dirty = form.dataset.typed === "1";

function place(id, html) {
  if (put.get(id) === html) return;
  put.set(id, html);
  document.getElementById(id).innerHTML = html;
}

async function look() {
  const turn = ++asked;
  const answer = await fetch(form.dataset.preview, {method: "POST", body: new FormData(form), credentials: "same-origin"});
  form.classList.toggle("outdated", !answer.ok); // signed out, or the files cannot be read: what is shown is of before
  if (!answer.ok || turn < shown) return;
  shown = turn;
  const found = await answer.json();
  for (const [language, html] of Object.entries(found.previews)) place(`preview-${language}`, html);
  for (const [id, html] of Object.entries(found.findings)) {
    place(`said-${id}`, html);
    const box = document.getElementById(`text-${id}`);
    if (html.trim()) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }
  const save = document.getElementById("save");
  save.textContent = found.second ? save.dataset.propose : save.dataset.save;
}

function write(box, words) {
  box.setRangeText(words, box.selectionStart, box.selectionEnd, "end");
  box.focus();
  box.dispatchEvent(new Event("input", {bubbles: true}));
}

form.addEventListener("input", () => {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(look, 300);
});
form.addEventListener("focusin", (event) => { // what is typed is what is shown
  const see = document.getElementById(`see-${event.target.lang}`);
  if (see) see.checked = true;
});
form.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
for (const chip of form.querySelectorAll(".placeholder")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = chip.className;
  button.append(...chip.childNodes);
  const column = chip.closest(".column, .two > div");
  const box = column.querySelector("textarea") ?? column.querySelector("input[type=text]");
  button.addEventListener("click", () => write(box, chip.dataset.insert));
  chip.replaceWith(button);
}
if ([...form.querySelectorAll("textarea, input[type=text]")].some((box) => box.value !== box.defaultValue)) {
  dirty = true; // typed before this script was here, or brought back by the browser
  look();
}
