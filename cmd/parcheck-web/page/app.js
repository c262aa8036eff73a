"use strict";

const texts = {
  skip: ["Đến phần chọn tệp", "Skip to the files"],
  title: ["parcheck: chấm điểm tệp số liệu ngay trên máy này", "parcheck: score submissions on this machine"],
  lead: ["Thả tệp Excel của cơ quan, đơn vị vào đây. Không cần cài đặt, không cần mạng, không có gì rời khỏi máy.",
    "Drop the Excel files of agencies here. Nothing to install, no network, nothing leaves the machine."],
  otherLanguage: ["English", "Tiếng Việt"],
  loading: ["Đang mở chương trình…", "Opening the program…"],
  ready: ["Sẵn sàng. Hãy chọn tệp.", "Ready. Choose files."],
  working: ["Đang làm…", "Working…"],
  done: ["Xong.", "Done."],
  stopped: ["Đã dừng theo yêu cầu.", "Stopped."],
  saved: ["Đã tạo tệp %s; trình duyệt lưu vào thư mục tải xuống.", "Made %s; the browser saves it among the downloads."],
  files: ["Tệp số liệu", "Submissions"],
  drop: ["Thả tệp hoặc thư mục vào đây: .xlsx, .xls, .ods, .csv", "Drop files or a folder here: .xlsx, .xls, .ods, .csv"],
  chooseFiles: ["Chọn tệp…", "Choose files…"],
  chooseFolder: ["Chọn thư mục…", "Choose a folder…"],
  clear: ["Bỏ hết tệp đã chọn", "Remove all files"],
  chosen: ["Đã chọn %d tệp: %s", "%d files chosen: %s"],
  more: ["và %d tệp khác", "and %d more"],
  score: ["Chấm điểm", "Score"],
  stop: ["Dừng", "Stop"],
  progress: ["%d/%d tệp, %s", "%d/%d files, %s"],
  settings: ["Thiết lập: kế hoạch, đơn vị, kỳ báo cáo", "Settings: plan, unit, period"],
  settingsNote: ["Để trống thì chương trình lấy theo tệp số liệu.", "What is left empty is taken from the submission."],
  plan: ["Kế hoạch có sẵn", "Built-in plan"],
  planFile: ["Hoặc kế hoạch riêng (YAML)", "Or a plan of your own (YAML)"],
  rosterFile: ["Danh sách đơn vị riêng (YAML)", "A roster of your own (YAML)"],
  unit: ["Đơn vị báo cáo", "Reporting unit"],
  level: ["Cấp của đơn vị", "Level of the unit"],
  ofFile: ["theo tệp", "as the file says"],
  period: ["Kỳ báo cáo", "Period"],
  asOf: ["Ngày đánh giá", "Day of the judgement"],
  received: ["Ngày nộp", "Day of receipt"],
  cameFile: ["Hoặc ngày nộp của từng đơn vị (CSV: đơn vị, ngày)", "Or the day of each unit (CSV: unit, day)"],
  builtIn: ["Dùng lại kế hoạch và danh sách có sẵn", "Back to the built-in plan and roster"],
  template: ["Tạo biểu mẫu trống", "Make a blank template"],
  lint: ["Kiểm tra kế hoạch, danh sách đơn vị và bảng đối chiếu", "Check of the plan, the roster and the mapping"],
  lintNone: ["Không có lỗi hay cảnh báo nào.", "No error and no warning."],
  save: ["Lưu kết quả:", "Save the result:"],
  summary: ["Báo cáo tổng hợp năm", "Annual workbook"],
  copyOf: ["Bản sao có đánh dấu của", "Annotated copy of"],
  annotate: ["Lưu bản sao", "Save the copy"],
  report: ["Báo cáo chấm điểm", "Score report"],
  alone: ["Mở báo cáo trong thẻ riêng", "Open the report in a tab of its own"],
  findings: ["Phát hiện trong tệp: %d", "Findings in the files: %d"],
  filter: ["Chỉ hiện", "Show only"],
  all: ["tất cả", "all"], error: ["lỗi", "errors"], warning: ["cảnh báo", "warnings"], note: ["lưu ý", "notes"],
  showRow: ["Xem dòng %d", "Show row %d"],
  noCells: ["Dòng này không có ô nào.", "This row has no cells."],
  account: ["Trong tệp có gì, nằm ở đâu", "What the files hold, and where"],
  mappingFile: ["Bảng đối chiếu (YAML hoặc Excel)", "A mapping (YAML or Excel)"],
  mapping: ["Đối chiếu biểu không theo mẫu của kế hoạch", "Map forms that are not the plan's"],
  mappingNote: ["Mỗi cột, mỗi dòng hiện như trong tệp. Hãy chọn nội dung tương ứng của kế hoạch; điểm số đổi theo ngay. Gợi ý chỉ được dùng khi đã xác nhận.",
    "Each column and row is shown as it looks in the file. Choose what it is in the plan; the score follows at once. A suggestion counts only when it is confirmed."],
  saveMapping: ["Lưu bảng đối chiếu", "Save the mapping"],
  mappingFileName: ["doi-chieu.yaml", "mapping.yaml"],
  mappingNone: ["Mọi biểu trong tệp đều theo mẫu của kế hoạch.", "Every form in the files is one of the plan's."],
  mappingState: ["%d mục còn chờ xác nhận. %s", "%d choices wait to be confirmed. %s"],
  ofForm: ["Biểu ở %s", "The form at %s"],
  ofFiles: ["(%d tệp)", "(%d files)"],
  table: ["Bảng của kế hoạch", "Table of the plan"],
  inFile: ["Trong tệp", "In the file"], inPlan: ["Trong kế hoạch", "In the plan"], stateOf: ["Tình trạng", "State"],
  columns: ["Các cột", "Columns"], rows: ["Các dòng", "Rows"],
  notChosen: ["(chưa chọn)", "(not chosen)"], notUsed: ["(không thuộc kế hoạch)", "(none of the plan)"],
  near: ["gợi ý", "suggested"], confirmed: ["đã xác nhận", "confirmed"], unknown: ["chưa chọn", "open"], unused: ["không dùng", "not used"],
  confirmAll: ["Xác nhận mọi gợi ý của biểu này", "Confirm every suggestion of this form"],
  unread: ["%d tệp không đọc được hoặc không đánh giá được: xem phần phát hiện.", "%d inputs could not be read or judged: see the findings."],
  tooLarge: ["%s có %s, trang này chỉ đọc tệp đến %s: hãy dùng chương trình parcheck.",
    "%s has %s, and this page reads files of up to %s: use the program parcheck."],
  tooLargeText: ["%s có %s: tệp kế hoạch, danh sách đơn vị, bảng đối chiếu hoặc ngày nộp chỉ được đến %s.",
    "%s has %s: a plan, a roster, a mapping or days of receipt may have up to %s."],
  crash: ["Chương trình trong trang bị dừng đột ngột và đã được mở lại; các tệp đã chọn vẫn còn. Nếu tệp rất lớn, hãy chọn ít tệp hơn hoặc dùng chương trình parcheck. Chi tiết: %s",
    "The program in the page broke down and was started again; the files are still chosen. If they are very large, choose fewer or use the program parcheck. Details: %s"],
  fault: ["Lỗi của chính parcheck, hãy báo cho người phụ trách chương trình: %s", "A fault of parcheck, please report it: %s"],
  damaged: ["Trang này bị hỏng khi tải về hoặc sao chép: hãy tải lại. Chi tiết: %s", "This page was damaged when it was downloaded or copied: download it again. Details: %s"],
  private: ["Trang này không gửi và không tải gì qua mạng: trình duyệt cấm trang kết nối ra ngoài.", "This page sends and loads nothing: the browser forbids it every connection."],
};

const $ = id => document.getElementById(id);
let lang = /^en/.test(navigator.language) && !navigator.languages.some(l => /^vi/.test(l)) ? 1 : 0;
const say = (name, ...args) => texts[name][lang].replace(/%[sd]/g, () => args.shift());
const tags = ["vi", "en"];

const maxFile = 512 << 20, maxText = 4 << 20;
const files = new Map(); // by name, with the folders above it
let planTexts = [], roster = null, mapping = null, came = null, setup = null, outcome = null;
let readyAfter = 0, memoryUsed = 0; // for measuring
const memory = () => memoryUsed;
let worker = null, module = null, ready = false, asked = 0, busy = null, shown = "";

// The program, in its worker.

function packed() {
  const element = $("packed"), text = element.textContent;
  const marks = "\u20AC\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u017D\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u017E\u0178";
  const places = [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F];
  const byte = new Map([...marks].map((c, i) => [c.charCodeAt(0), places[i]]));
  const out = new Uint8Array(text.length);
  let n = 0, a = 1, b = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c > 0xFF) c = byte.get(c);
    if (c === 0x3D) c = text.charCodeAt(++i) - 64; // "=": the next stands for itself less 64
    out[n++] = c;
  }
  for (let i = 0; i < n;) { // Adler-32
    for (const end = Math.min(i + 3800, n); i < end; i++) b += a += out[i];
    a %= 65521;
    b %= 65521;
  }
  const sum = (b * 65536 + a).toString(16);
  element.remove();
  if (sum !== "{{sum}}") throw new Error(`${n}, ${sum}`);
  return out.subarray(0, n);
}

function start() {
  ready = false;
  const url = URL.createObjectURL(new Blob([$("worker").textContent], { type: "text/javascript" }));
  worker = new Worker(url);
  worker.onmessage = hear;
  worker.onerror = event => crash(event.message);
  if (module) return worker.postMessage({ module });
  try {
    const data = packed();
    worker.postMessage({ packed: data }, [data.buffer]);
  } catch (error) {
    trouble(say("damaged", error.message));
  }
}

function hear({ data: message }) {
  if (message.module) module = message.module;
  else if (message.ready) {
    ready = true;
    readyAfter ||= performance.now();
    refresh().then(() => files.size ? run() : state("ready"));
  } else if (message.progress) progress(message.progress);
  else if (message.crash) crash(message.crash);
  else if (busy && message.id === busy.id) {
    const { resolve } = busy;
    memoryUsed = message.memory;
    busy = null;
    resolve(message);
  }
}

function crash(why) {
  worker.terminate();
  const waiting = busy;
  busy = null;
  if (module) {
    trouble(say("crash", why));
    files.forEach(f => f.held = true);
    quietly = true;
    start();
  } else trouble(say("damaged", why));
  if (waiting) waiting.resolve({ answer: { error: "" } });
}

let quietly = false; // after a crash nothing is scored that nobody asks for

// ask sends a request when the one before is answered.
let queue = Promise.resolve();
function ask(request, list = []) {
  const send = () => new Promise(resolve => {
    busy = { id: ++asked, resolve };
    const wish = { ...request, settings: settings() };
    worker.postMessage({ id: busy.id, request: JSON.stringify(wish), files: list, today: localDay() });
  });
  const answer = queue.then(send);
  queue = answer.then(() => {}, () => {});
  return answer.then(({ answer, data }) => {
    if (answer.fault) trouble(say("fault", answer.fault));
    else if (answer.error !== undefined) answer.error && trouble(answer.error);
    else return { ...answer, data };
    return null;
  });
}

function localDay() {
  const d = new Date(), two = n => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

function settings() {
  return {
    lang: tags[lang], plan: $("plan").value, texts: planTexts, roster, mapping, came,
    unit: $("unit").value, level: $("level").value, period: $("period").value, asOf: $("as-of").value, received: $("received").value,
  };
}

// What the page says.

function state(name, ...args) {
  shown = "";
  $("state").textContent = say(name, ...args);
}

function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}

function size(bytes) {
  const unit = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${(bytes / unit[1]).toLocaleString(tags[lang], { maximumFractionDigits: 1 })} ${unit[0]}`;
}

function progress({ done, files: count, bytes }) {
  let total = 0;
  files.forEach(f => total += f.size);
  $("progress").max = total || 1;
  $("progress").value = Math.min(bytes, total);
  $("progress-text").textContent = say("progress", done, count, size(bytes));
}

function working(on) {
  $("stop").hidden = $("progress").hidden = !on;
  $("progress-text").textContent = "";
  $("score").disabled = on || !ready || files.size === 0;
  $("progress").removeAttribute("value");
  document.body.setAttribute("aria-busy", on);
}

function element(tag, content, attributes = {}) {
  const e = document.createElement(tag);
  e.append(...[content].flat().filter(c => c !== ""));
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  return e;
}

function option(value, text) { return element("option", text, { value }); }

function translate() {
  document.documentElement.lang = tags[lang];
  document.title = say("title");
  for (const e of document.querySelectorAll("[data-text]")) e.textContent = say(e.dataset.text);
  $("report").title = say("report");
  const words = ["all", "error", "warning", "note"];
  [...$("severity").options].forEach((o, i) => o.textContent = say(words[i]));
  list();
}

// Files.

function list() {
  const names = [...files.keys()].sort(), most = 5;
  const more = names.length > most ? [say("more", names.length - most)] : [];
  $("chosen").textContent = names.length ? say("chosen", names.length, [...names.slice(0, most), ...more].join(", ")) : "";
  $("clear").hidden = names.length === 0;
  $("score").disabled = !ready || names.length === 0;
  const copied = $("copy-of").value;
  $("copy-of").replaceChildren(...names.map(n => option(n, n)));
  if (files.has(copied)) $("copy-of").value = copied;
}

async function add(found) {
  trouble("");
  const yaml = found.filter(f => /\.ya?ml$/i.test(f.name) && !f.name.includes("/"));
  for (const f of found) {
    if (yaml.includes(f)) continue;
    if (f.size > maxFile) trouble(say("tooLarge", f.name, size(f.size), size(maxFile)));
    files.set(f.name, f);
  }
  if (yaml.length) await addTexts(yaml);
  list();
  if (ready && files.size) await run();
}

const file = (blob, name) => ({ name: name.replace(/^\//, ""), size: blob.size, blob });

// base64 gives the bytes of a file as they are, for the request.
const base64 = blob => new Promise((yes, no) => {
  const reader = new FileReader();
  reader.onload = () => yes(reader.result.split(",")[1] || ""); // of an empty file some browsers give no comma
  reader.onerror = () => no(reader.error);
  reader.readAsDataURL(blob);
});

// addTexts takes small files as a plan with what it names, a roster, a mapping or days
// of receipt.
async function addTexts(found, kind) {
  const plans = [];
  for (const f of found) {
    if (f.size > maxText) {
      trouble(say("tooLargeText", f.name, size(f.size), size(maxText)));
      continue;
    }
    const source = { name: f.name, data: await base64(f.blob) };
    const text = await f.blob.text();
    if (kind === "came") came = source;
    else if (kind === "mapping" || !kind && /^mapping:/m.test(text)) mapping = source;
    else if (kind === "roster" || !kind && /^units:/m.test(text) && !/^targets:/m.test(text)) roster = source;
    else plans.push({ source, main: /^(targets|extends):/m.test(text) });
  }
  // The plan itself comes first: it is the one with targets, or that extends another.
  if (plans.length) planTexts = plans.sort((a, b) => b.main - a.main).map(p => p.source);
  $("settings").open = true;
  if (ready) await refresh();
}

async function entries(items) {
  const found = [];
  async function walk(entry) {
    if (entry.isFile) {
      const blob = await new Promise((yes, no) => entry.file(yes, no)).catch(() => null);
      if (blob) found.push(file(blob, entry.fullPath));
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((yes, no) => reader.readEntries(yes, no)).catch(() => []);
      if (!some.length) return;
      for (const e of some) await walk(e);
    }
  }
  const all = [...items].filter(i => i.kind === "file").map(i => [i.webkitGetAsEntry?.(), i.getAsFile()]);
  for (const [entry, blob] of all) {
    if (entry?.isDirectory) await walk(entry);
    else if (blob) found.push(file(blob, blob.name));
  }
  return found;
}

// Requests.

// refresh reads the plan and the roster and fills the lists to choose from.
async function refresh() {
  const answer = await ask({ do: "setup" });
  if (!answer) return;
  setup = answer.setup;
  const plan = $("plan").value, level = $("level").value;
  $("plan").replaceChildren(...setup.plans.map(p => option(p.id, p.title)));
  $("plan").value = plan || setup.default;
  $("plan").disabled = planTexts.length > 0;
  $("level").replaceChildren(option("", say("ofFile")), ...(setup.levels || []).map(l => option(l.id, l.title)));
  if ((setup.levels || []).some(l => l.id === level)) $("level").value = level;
  $("units").replaceChildren(...(setup.units || []).map(u => option(u, "")));
  $("template").disabled = !setup.sound;
  $("built-in").hidden = !planTexts.length && !roster && !mapping && !came;
  $("as-of").value ||= setup.today;
  const own = planTexts.length > 0 || roster !== null || mapping !== null || came !== null;
  $("lint").hidden = !own;
  const found = setup.findings || [];
  $("lint").querySelector("ul").replaceChildren(
    element("li", [[...planTexts.map(t => t.name), roster?.name, mapping?.name, came?.name].filter(Boolean).join(", ") + ": " + setup.title]),
    ...found.map(f => element("li", describe(f), { class: f.severity })),
    ...(found.length ? [] : [element("li", say("lintNone"))]));
}

function describe(f) {
  return [element("span", f.title, { class: "level" }), " ", element("span", f.place, { class: "place" }), ": " + f.message + " ", element("small", `[${f.check}]`)];
}

async function run() {
  if (quietly) {
    quietly = false;
    working(false);
    return;
  }
  trouble("");
  state("working");
  working(true);
  const answer = await ask({ do: "score" }, [...files.values()]);
  working(false);
  if (!answer) {
    $("state").textContent = "";
    return;
  }
  if (await takeMapping(answer.outcome.mappings || [])) return;
  outcome = answer.outcome;
  show(answer.data);
  state("done");
}

// takeMapping takes the workbook of a mapping that was dropped among the files
// as the mapping, and scores the others with it.
async function takeMapping(names) {
  const own = names.filter(n => !n.includes("/") && files.has(n)).map(n => files.get(n));
  if (own.length !== 1) return false;
  files.delete(own[0].name);
  list();
  await addTexts(own, "mapping");
  if (files.size && setup?.sound) await run();
  else state("ready");
  return true;
}

let page = "", reportPage = null;
function show(data) {
  $("result").hidden = false;
  $("result-title").textContent = outcome.headline;
  $("unread").hidden = !outcome.unread;
  $("unread").textContent = say("unread", outcome.unread);
  URL.revokeObjectURL(page);
  reportPage = new Blob([data], { type: "text/html" });
  page = URL.createObjectURL(reportPage);
  $("report-box").hidden = !(outcome.cards || []).length;
  $("report").src = page;
  $("report-alone").href = page;
  findings();
  $("findings").open = outcome.unread > 0;
  $("account").querySelector("pre").textContent = "";
  if ($("account").open) account();
  if (mapsNow) return tellMapping();
  if ($("mapping").open) look();
  $("result-title").focus();
}

function findings() {
  const all = outcome.findings || [], wanted = $("severity").value, most = 500;
  const shown = all.filter(f => !wanted || f.severity === wanted);
  $("findings").querySelector("summary").textContent = say("findings", all.length);
  $("findings").querySelector("ol").replaceChildren(...shown.slice(0, most).map(f => {
    const item = element("li", describe(f), { class: f.severity });
    if (f.row && f.sheet && files.has(f.file)) {
      const button = element("button", say("showRow", f.row), { type: "button", "aria-expanded": "false" });
      button.onclick = () => showRow(f, item, button);
      item.append(" ", button);
    }
    return item;
  }));
}

async function showRow(f, item, button) {
  const old = item.querySelector(".cells");
  if (old) {
    old.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  const answer = await ask({ do: "row", file: f.file, sheet: f.sheet, row: f.row }, [files.get(f.file)]);
  if (!answer) return;
  const cells = answer.row || [];
  const here = c => f.col && c.col >= f.col && c.col <= Math.max(f.toCol || 0, f.col) ? { class: "here" } : {};
  const table = cells.length ? element("table", [
    element("tr", cells.map(c => element("th", c.ref, { scope: "col" }))),
    element("tr", cells.map(c => element("td", c.text, here(c)))),
  ]) : say("noCells");
  item.append(element("div", table, { class: "cells", tabindex: "0" }));
  button.setAttribute("aria-expanded", "true");
}

async function account() {
  const pre = $("account").querySelector("pre");
  if (pre.textContent || !files.size) return;
  pre.textContent = say("working");
  const answer = await ask({ do: "inspect" }, [...files.values()]);
  pre.textContent = answer ? answer.text : "";
}

// The mapping by hand.

let forms = null, mapsNow = false;

async function look() {
  const answer = await ask({ do: "look" }, [...files.values()]);
  if (!answer) return;
  forms = answer.mapped;
  showForms();
}

// choose sends what a person chose, and scores anew.
async function remap(edit) {
  const answer = await ask({ do: "remap", edits: [edit] });
  if (!answer) return;
  forms = answer.mapped;
  mapping = { name: say("mappingFileName"), data: await base64(new Blob([forms.yaml])) };
  showForms();
  mapsNow = true;
  await run();
  mapsNow = false;
}

function tellMapping() {
  $("mapping-state").textContent = forms.forms.length ? say("mappingState", forms.open, outcome ? outcome.headline : "") : say("mappingNone");
  $("save-mapping").disabled = forms.forms.length === 0;
}

function showForms() {
  const focus = document.activeElement?.id;
  tellMapping();
  $("forms").replaceChildren(...forms.forms.map((form, f) => element("section", [
    element("h3", say("ofForm", form.place) + (form.files > 1 ? " " + say("ofFiles", form.files) : "")),
    element("label", [say("table") + " ", choice(form.table, form.tables, { form: f, part: "table" })]),
    ...(form.fields ? [
      parts(say("columns"), form.columns, form.fields, f, "column"),
      ...(form.names && form.rows ? [parts(say("rows"), form.rows, form.names, f, "row")] : []),
    ] : [element("p", (form.columns || []).map(c => c.text).join(" | "))]),
    confirmAll(f),
  ], { class: "form" })));
  if (focus) $(focus)?.focus();
}

function parts(title, list, choices, form, part) {
  return element("table", [
    element("caption", title),
    element("tr", ["inFile", "inPlan", "stateOf"].map(t => element("th", say(t), { scope: "col" }))),
    ...list.map(p => element("tr", [
      element("th", p.text, { scope: "row" }),
      element("td", choice(p, choices, { form, part, index: p.index })),
      element("td", say(p.state), { class: p.state }),
    ])),
  ]);
}

function choice(p, choices, edit) {
  const select = element("select", [option("?", say("notChosen")), option("-", say("notUsed")), ...choices.map(c => option("=" + c.id, c.title))],
    { id: `map-${edit.form}-${edit.part}-${edit.index ?? 0}`, "aria-label": p.text || say("table") });
  select.value = p.to ? "=" + p.to : p.state === "unused" ? "-" : "?";
  select.onchange = () => {
    const v = select.value;
    remap({ ...edit, to: v[0] === "=" ? v.slice(1) : "", state: v === "?" ? "unknown" : v === "-" ? "unused" : "confirmed" });
  };
  return select;
}

function confirmAll(form) {
  const button = element("button", say("confirmAll"), { type: "button", id: `map-${form}-all` });
  button.onclick = () => remap({ form, part: "all" });
  return button;
}

function download(data, type, name) {
  const url = URL.createObjectURL(new Blob([data], { type }));
  const link = element("a", "", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  state("saved", name);
}

async function save(request, list) {
  state("working");
  const answer = await ask(request, list);
  if (!answer) {
    $("state").textContent = "";
    return;
  }
  download(answer.data, answer.type, answer.fileName);
}

// What people do.

const given = input => [...input.files].map(f => file(f, f.webkitRelativePath || f.name));
function chosen(input, take) {
  input.onchange = async () => {
    const found = given(input);
    await take(found);
    input.value = "";
  };
}
chosen($("choose"), add);
chosen($("choose-folder"), add);
chosen($("plan-file"), found => addTexts(found, "plan").then(again));
chosen($("mapping-file"), found => addTexts(found, "mapping").then(again));
chosen($("roster-file"), found => addTexts(found, "roster").then(again));
chosen($("came-file"), found => addTexts(found, "came").then(again));

async function again() {
  if (ready && files.size && setup?.sound) await run();
}

for (const id of ["plan", "unit", "level", "period", "as-of", "received"]) $(id).onchange = () => (id === "plan" ? refresh() : Promise.resolve()).then(again);
$("built-in").onclick = () => {
  planTexts = [];
  roster = mapping = came = null;
  refresh().then(again);
};
$("clear").onclick = () => {
  files.clear();
  $("result").hidden = true;
  list();
  state("ready");
};
$("score").onclick = () => run();
$("stop").onclick = () => {
  worker.terminate();
  busy?.resolve({ answer: { error: "" } });
  busy = null;
  quietly = true;
  start();
  state("stopped");
};
$("template").onclick = () => save({ do: "template" }, []);
$("annotate").onclick = () => save({ do: "annotate", file: $("copy-of").value }, [files.get($("copy-of").value)]);
for (const b of document.querySelectorAll("[data-format]")) b.onclick = () => save({ do: "save", format: b.dataset.format }, []);
$("severity").onchange = findings;
$("save-mapping").onclick = () => forms && download(forms.yaml, "application/yaml", say("mappingFileName"));
$("mapping").ontoggle = () => $("mapping").open && look();
$("account").ontoggle = () => $("account").open && account();
$("lang").onclick = () => {
  lang = 1 - lang;
  translate();
  if (ready) refresh().then(() => outcome ? run() : state("ready"));
};
for (const event of ["dragover", "drop"]) addEventListener(event, e => e.preventDefault());
addEventListener("dragenter", () => $("drop").classList.add("over"));
addEventListener("dragleave", e => e.relatedTarget || $("drop").classList.remove("over"));
addEventListener("drop", async e => {
  $("drop").classList.remove("over");
  add(await entries(e.dataTransfer.items));
});

translate();
setTimeout(start); // the page is shown before
