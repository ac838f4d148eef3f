// While somebody types: how people would see it, and what the check would say. Without this, the button "Preview" does it.
const form = document.querySelector("form.edit");
let asked = 0, shown = 0, timer, dirty = false;

async function look() {
  const turn = ++asked;
  const answer = await fetch(form.dataset.preview, {method: "POST", body: new FormData(form), credentials: "same-origin"});
  if (!answer.ok || turn < shown) return; // signed out, or overtaken: what is shown stays
  shown = turn;
  const found = await answer.json();
  for (const [language, html] of Object.entries(found.previews)) document.getElementById(`preview-${language}`).innerHTML = html;
  for (const [id, html] of Object.entries(found.findings)) {
    document.getElementById(`said-${id}`).innerHTML = html;
    document.getElementById(`text-${id}`).toggleAttribute("aria-invalid", html.trim() !== "");
  }
  const save = document.getElementById("save");
  save.textContent = found.second ? save.dataset.propose : save.dataset.save;
}

function put(box, words) {
  const at = box.selectionStart;
  box.setRangeText(words, at, box.selectionEnd, "end");
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
  button.addEventListener("click", () => put(box, chip.dataset.insert));
  chip.replaceWith(button);
}
