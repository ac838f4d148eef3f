// The chat page: shows the state of the simulated people and acts for one of them. Plain DOM, no framework, no build.
const WORDS = {
  en: { banner: "Sandbox: this is not Telegram. Nothing leaves this computer.", name: "Name", language: "Language of the app", add: "Add a person", bot: "bot", typing: "typing…", menu: "Menu", placeholder: "Message", edit: "edit", delete: "delete", empty: "No messages here yet", deleted: "Delete chat", block: "Block the bot", unblock: "Unblock the bot", person: "Person" },
  az: { banner: "Sınaq: bu, Telegram deyil. Heç nə bu kompüterdən çıxmır.", name: "Ad", language: "Tətbiqin dili", add: "Adam əlavə et", bot: "bot", typing: "yazır…", menu: "Menyu", placeholder: "Mesaj", edit: "dəyiş", delete: "sil", empty: "Hələ mesaj yoxdur", deleted: "Söhbəti sil", block: "Botu blokla", unblock: "Blokdan çıxar", person: "Adam" },
  ru: { banner: "Песочница: это не Telegram. Ничто не покидает этот компьютер.", name: "Имя", language: "Язык приложения", add: "Добавить человека", bot: "бот", typing: "печатает…", menu: "Меню", placeholder: "Сообщение", edit: "изменить", delete: "удалить", empty: "Сообщений пока нет", deleted: "Удалить чат", block: "Заблокировать бота", unblock: "Разблокировать бота", person: "Человек" },
  tr: { banner: "Deneme alanı: bu Telegram değil. Hiçbir şey bu bilgisayardan çıkmaz.", name: "Ad", language: "Uygulama dili", add: "Kişi ekle", bot: "bot", typing: "yazıyor…", menu: "Menü", placeholder: "Mesaj", edit: "düzenle", delete: "sil", empty: "Henüz mesaj yok", deleted: "Sohbeti sil", block: "Botu engelle", unblock: "Engeli kaldır", person: "Kişi" },
};
const OWN_LANGUAGE = Object.keys(WORDS).find((code) => navigator.language.startsWith(code)) ?? "en";
const words = WORDS[OWN_LANGUAGE];
const KINDS = { voice: "🎤", photo: "🖼", sticker: "🙂", contact: "👤", location: "📍", document: "📄" };
const el = (id) => document.getElementById(id);
const app = { state: null, person: Number(location.hash.slice(1)) || null, toast: null, nodes: new Map() };

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function post(path, body = {}) {
  const response = await fetch(`/sandbox/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const act = (name, body) => post(`people/${app.person}/${name}`, body);
const current = () => app.state?.people.find((person) => person.id === app.person);

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "em", spoiler: "span", text_link: "u" };

function styled(text, entities) {
  // JavaScript strings are UTF-16, as Telegram's offsets are.
  const marks = new Set([0, text.length]);
  for (const entity of entities) marks.add(entity.offset).add(entity.offset + entity.length);
  const edges = [...marks].sort((a, b) => a - b);
  const nodes = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    let node = document.createTextNode(text.slice(edges[i], edges[i + 1]));
    for (const entity of entities) {
      if (entity.offset <= edges[i] && entity.offset + entity.length >= edges[i + 1] && TAGS[entity.type]) node = make(TAGS[entity.type], {}, node);
    }
    nodes.push(node);
  }
  return nodes;
}

function paragraphs(message) {
  const text = message.text ?? "";
  const result = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const inside = (message.entities ?? []).map((e) => {
      const from = Math.max(e.offset, start), to = Math.min(e.offset + e.length, end);
      return to > from ? { ...e, offset: from - start, length: to - from } : null;
    }).filter(Boolean);
    result.push(make("p", { dir: "auto" }, ...styled(line, inside)));
    start = end + 1;
  }
  return result;
}

function describe(message) {
  if (message.text) return message.text;
  const kind = Object.keys(KINDS).find((name) => message[name]);
  return `${KINDS[kind] ?? "▫"} ${message.caption ?? ""}`;
}

function bubble(message, person) {
  const own = !message.from.is_bot;
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const meta = make("span", { className: "meta" });
  if (own) {
    if (message.text) meta.append(make("button", { textContent: words.edit, onclick: () => edit(message) }));
    meta.append(make("button", { textContent: words.delete, onclick: () => act("delete", { message_id: message.message_id }) }));
  }
  meta.append(`${message.edit_date ? "✎ " : ""}${message.has_protected_content ? "🔒 " : ""}${time}${own ? " ✓✓" : ""}`);
  const body = message.text ? paragraphs(message) : [make("p", { dir: "auto", textContent: describe(message) })];
  const node = make("div", { className: own ? "message own" : "message" }, make("div", { className: "bubble" }, ...body, meta));
  node.dataset.id = message.message_id;
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) node.append(make("div", { className: "keyboard" }, ...rows.map((row) => make("div", {}, ...row.map((button) => key(button, message, person))))));
  return node;
}

function key(button, message, person) {
  const node = make("button", { type: "button", textContent: button.text, dir: "auto" });
  if (person.pressed.includes(message.message_id)) node.classList.add("waiting");
  node.onclick = () => act("press", { message_id: message.message_id, data: button.callback_data });
  return node;
}

async function edit(message) {
  const text = prompt(words.edit, message.text);
  if (text) await act("edit", { message_id: message.message_id, text });
}

function drawPeople() {
  el("people").replaceChildren(...app.state.people.map((person) => {
    const last = person.messages.at(-1);
    const node = make("button", { type: "button", onclick: () => choose(person.id) },
      make("span", { className: "avatar", textContent: person.name[0]?.toUpperCase() ?? "?" }),
      make("span", {}, make("span", { textContent: `${person.name} · ${person.language}`, dir: "auto" }), make("span", { className: "last", dir: "auto", textContent: last ? describe(last) : "" })));
    node.setAttribute("aria-current", String(person.id === app.person));
    return make("li", {}, node);
  }));
}

function drawChat() {
  const person = current();
  el("app").classList.toggle("open", Boolean(person));
  el("composer").hidden = !person;
  if (!person) return el("messages").replaceChildren(make("p", { className: "empty", textContent: words.add }));
  el("bot-name").textContent = app.state.bot.first_name;
  el("bot-status").textContent = person.typing ? words.typing : words.bot;
  drawMessages(person);
  el("start").hidden = person.messages.length > 0;
  el("compose").hidden = person.messages.length === 0;
  el("commands").replaceChildren(...person.commands.map((command) => make("li", {}, make("button", { type: "button", onclick: () => { el("commands").hidden = true; act("text", { text: `/${command.command}` }); } }, `/${command.command}`, make("small", { textContent: command.description })))));
  el("toast").hidden = !person.toast;
  el("toast").textContent = person.toast ?? "";
}

// A node is replaced only if its own message has changed: a tap must not be lost because another one did.
function drawMessages(person) {
  const box = el("messages");
  const wanted = person.messages.map((message) => kept(message, person));
  if (!wanted.length) wanted.push(make("p", { className: "empty", dir: "auto", textContent: person.description || words.empty }));
  const grown = wanted.at(-1) !== box.lastElementChild;
  wanted.forEach((node, place) => { if (box.children[place] !== node) box.insertBefore(node, box.children[place] ?? null); });
  while (box.children.length > wanted.length) box.lastElementChild.remove();
  if (grown) box.scrollTop = box.scrollHeight;
}

function kept(message, person) {
  const picture = JSON.stringify([message, person.pressed.includes(message.message_id)]);
  const name = `${person.id}/${message.message_id}`;
  if (app.nodes.get(name)?.picture !== picture) app.nodes.set(name, { picture, node: bubble(message, person) });
  return app.nodes.get(name).node;
}

function choose(id) {
  app.person = id;
  location.hash = id ?? "";
  drawPeople();
  drawChat();
  if (id) el("text").focus();
}

async function send() {
  const text = el("text").value.trim();
  if (!text) return;
  el("text").value = "";
  el("text").style.height = "";
  await act("text", { text });
}

function wire() {
  el("banner").textContent = words.banner;
  el("label-name").textContent = words.name;
  el("label-language").textContent = words.language;
  el("add-person").textContent = words.add;
  el("menu").textContent = `☰ ${words.menu}`;
  el("text").placeholder = words.placeholder;
  el("text").setAttribute("aria-label", words.placeholder);
  fillLanguages();
  el("new-person").onsubmit = async (event) => {
    event.preventDefault();
    const made = await post("people", { name: el("person-name").value, language: el("person-language").value });
    el("person-name").value = "";
    choose(made.id);
  };
  el("back").onclick = () => choose(null);
  el("start").onclick = () => act("text", { text: "/start" });
  el("send").onclick = send;
  el("menu").onclick = () => { el("commands").hidden = !el("commands").hidden; };
  el("attach").onclick = () => { el("kinds").hidden = !el("kinds").hidden; };
  el("text").oninput = () => { el("text").style.height = "auto"; el("text").style.height = `${el("text").scrollHeight}px`; };
  el("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  };
  const extra = { clear: `🗑 ${words.deleted}`, block: `🚫 ${words.block}`, unblock: `↩ ${words.unblock}` };
  const kinds = Object.entries(KINDS).map(([name, sign]) => [name, `${sign} ${name}`]).concat(Object.entries(extra));
  el("kinds").replaceChildren(...kinds.map(([name, title]) => make("li", {}, make("button", { type: "button", textContent: title, onclick: () => { el("kinds").hidden = true; act(name, {}); } }))));
}

async function fillLanguages() {
  const languages = await (await fetch("/sandbox/languages")).json();
  el("person-language").replaceChildren(...languages.map(({ code, name }) => make("option", { value: code, textContent: name })));
  el("person-language").value = OWN_LANGUAGE;
}

async function follow() {
  let version = -1;
  for (;;) {
    try {
      const response = await fetch(`/sandbox/state?version=${version}`);
      app.state = await response.json();
      version = app.state.version;
      drawPeople();
      drawChat();
    } catch {
      el("bot-status").textContent = "…";
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

wire();
follow();
