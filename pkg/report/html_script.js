// Filters, links, sorting and the planner. The page is whole without it: where
// it runs, what a unit holds is made when the unit is opened.
(function () {
  "use strict";
  var lang = document.documentElement.lang;
  var all = function (css, from) { return Array.prototype.slice.call((from || document).querySelectorAll(css)); };
  var byId = function (id) { return document.getElementById(id); };

  // Typed text finds words whatever their case, tones and marks, and the syllables
  // that label.Key folds whether i or y is written: tỉ lệ, kí, lí, mĩ, quí.
  function fold(s) {
    return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\b([tklm]|qu)i\b/g, "$1y");
  }

  document.documentElement.className = "live";
  all(".tool[hidden]").forEach(function (e) { e.hidden = false; });

  // Rankings: a column orders them.
  all("th[data-sort]").forEach(function (th) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = th.textContent;
    var printed = document.createElement("span"); // browsers print no button in a head that is repeated
    printed.className = "printed";
    printed.textContent = th.textContent;
    th.textContent = "";
    th.appendChild(button);
    th.appendChild(printed);
    button.addEventListener("click", function () { sort(th); });
  });

  function sort(th) {
    var column = th.cellIndex, body = th.closest("table").tBodies[0];
    var before = th.getAttribute("aria-sort");
    var order = before === "ascending" ? "descending" : before === "descending" ? "ascending" : th.getAttribute("data-first") || "ascending";
    var text = th.getAttribute("data-sort") === "text", sign = order === "ascending" ? 1 : -1;
    all("th", th.parentNode).forEach(function (other) { other.removeAttribute("aria-sort"); });
    th.setAttribute("aria-sort", order);
    all("tr", body).map(function (row) {
      var cell = row.cells[column];
      return { row: row, key: text ? cell.textContent.trim() : Number(cell.getAttribute("data-key")) };
    }).sort(function (a, b) {
      return sign * (text ? a.key.localeCompare(b.key, lang) : a.key - b.key);
    }).forEach(function (item) { body.appendChild(item.row); });
  }

  // Units. Without a script their parts stand in a noscript element, which is
  // one text where scripts run: its elements are made when they are needed.
  var units = all("article[data-unit]").map(function (article) {
    return {
      id: article.id, level: article.getAttribute("data-level"), article: article,
      whole: article.querySelector("details.whole"),
      name: fold(article.querySelector("h1, h2").textContent),
      made: false, targets: null
    };
  });

  function make(unit) {
    if (unit.made) return;
    unit.made = true;
    var source = unit.article.querySelector("noscript");
    if (source) {
      index(unit);
      var part = document.createElement("template");
      part.innerHTML = source.textContent;
      source.parentNode.replaceChild(part.content, source);
      all(".tool[hidden]", unit.article).forEach(function (e) { e.hidden = false; });
    }
    all(".wins", unit.article).forEach(plan);
    narrow(unit);
  }

  // index lists the targets of a unit, with the text that they are found by.
  function index(unit) {
    if (unit.targets) return unit.targets;
    var source = unit.article.querySelector("noscript");
    if (source) {
      unit.targets = source.textContent.split('<tbody class="target ').slice(1).map(function (part) {
        var value = function (name) { return (part.match(new RegExp(" " + name + '="([^"]*)"')) || ["", ""])[1]; };
        var text = part.slice(part.indexOf(">") + 1).split("</table>\n</section>")[0];
        return { id: value("id"), outcome: value("data-outcome"), area: value("data-area"),
          text: fold(text.replace(/<[^>]*>/g, " ").replace(/&#39;/g, "'").replace(/&#34;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")) };
      });
      return unit.targets;
    }
    unit.targets = all("tbody.target", unit.article).map(function (t) {
      return { id: t.id, outcome: t.getAttribute("data-outcome"), area: t.getAttribute("data-area"), text: fold(t.textContent) };
    });
    return unit.targets;
  }

  // What is shown: it stands in the address as "#UNIT/TARGET?outcome=...&find=...".
  var wanted = { outcome: "", area: "", level: "", find: "" };
  var place = "";

  function read() {
    var hash = decoded(location.hash.slice(1)), cut = hash.indexOf("?");
    place = cut < 0 ? hash : hash.slice(0, cut);
    if (cut < 0 && place) return; // a link within the page changes no filter
    var given = {};
    hash.slice(cut + 1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (cut >= 0 && at > 0) given[pair.slice(0, at)] = pair.slice(at + 1);
    });
    Object.keys(wanted).forEach(function (key) { wanted[key] = given[key] || ""; });
  }

  function decoded(s) {
    try { return decodeURIComponent(s); } catch (e) { return s; }
  }

  function write() {
    var query = Object.keys(wanted).filter(function (key) { return wanted[key]; }).map(function (key) {
      return key + "=" + encodeURIComponent(wanted[key]);
    }).join("&");
    var hash = "#" + place + (query ? "?" + query : "");
    try { history.replaceState(null, "", hash); } catch (e) { location.hash = hash; }
  }

  function fits(unit, target) {
    var word = fold(wanted.find.trim());
    return (!wanted.outcome || target.outcome === wanted.outcome) && (!wanted.area || target.area === wanted.area) &&
      (!word || unit.name.indexOf(word) >= 0 && units.length > 1 || target.text.indexOf(word) >= 0);
  }

  // narrow shows of a unit what is wanted, and counts it.
  function narrow(unit) {
    var targets = index(unit), by = {}, n = 0, filtered = wanted.outcome || wanted.area || wanted.find.trim();
    targets.forEach(function (t) {
      if (by[t.id] = fits(unit, t)) n++;
    });
    unit.found = n;
    unit.shown = (!wanted.level || unit.level === wanted.level) && (!filtered || n > 0);
    if (units.length > 1) unit.article.hidden = !unit.shown;
    if (unit.made) {
      all("tbody.target", unit.article).forEach(function (t) { t.hidden = !by[t.id]; });
      all("section.area", unit.article).forEach(function (a) { a.hidden = !a.querySelector("tbody.target:not([hidden])"); });
    }
  }

  function show() {
    var shown = {}, nUnits = 0, nTargets = 0, total = 0;
    units.forEach(function (unit) {
      narrow(unit);
      shown[unit.id] = unit.shown;
      total += unit.targets.length;
      if (unit.shown) { nUnits++; nTargets += unit.found; }
    });
    all("tr[data-unit]").forEach(function (row) { row.hidden = !shown[row.getAttribute("data-unit")]; });
    all("table.heat").forEach(function (table) { map(table, shown); });
    all("section.league").forEach(function (league) { league.hidden = !league.querySelector("tr[data-unit]:not([hidden])"); });
    var found = byId("found");
    if (found) found.textContent = (units.length > 1 ? nUnits + "/" + units.length + " " + found.getAttribute("data-units") + ", " : "") +
      nTargets + "/" + total + " " + found.getAttribute("data-targets");
  }

  // map shows of a map the units, areas and outcomes that are wanted.
  function map(table, shown) {
    var columns = all("thead th[data-unit]", table).map(function (th) {
      return th.hidden = !shown[th.getAttribute("data-unit")];
    });
    all("tbody", table).forEach(function (body) {
      var away = wanted.area && body.getAttribute("data-area") !== wanted.area, rows = 0;
      all("tr[data-target]", body).forEach(function (row) {
        var some = false;
        for (var i = 0; i < columns.length; i++) {
          var cell = row.cells[i + 1];
          cell.hidden = columns[i];
          var fit = !wanted.outcome || cell.className.indexOf("o-" + wanted.outcome) === 0;
          cell.classList.toggle("away", !fit);
          some = some || fit && !columns[i];
        }
        row.hidden = !some;
        if (some) rows++;
      });
      body.hidden = away || rows === 0;
    });
  }

  // A click on a cell of a map goes to the target of the unit, as its links do.
  all("table.heat").forEach(function (table) {
    table.addEventListener("click", function (e) {
      var cell = e.target.closest("td");
      if (!cell || cell.className.indexOf("o-not_applicable") === 0) return;
      location.hash = table.tHead.rows[0].cells[cell.cellIndex].getAttribute("data-unit") + "/" + cell.parentNode.getAttribute("data-target");
    });
  });

  // go opens what the address names.
  function go() {
    all(".addressed").forEach(function (e) { e.classList.remove("addressed"); });
    var unit = units.filter(function (u) { return place === u.id || place.indexOf(u.id + "/") === 0; })[0];
    if (!unit) return;
    if (unit.whole) unit.whole.open = true;
    make(unit);
    unit.article.hidden = false;
    var target = place !== unit.id && byId(place);
    if (target) {
      all("details.rest", unit.article).forEach(function (d) { d.open = true; });
      target.hidden = false;
      target.closest("section").hidden = false;
      target.classList.add("addressed");
      all("details", target).forEach(function (d) { d.open = true; });
    }
    var at = target || unit.article;
    at.setAttribute("tabindex", "-1");
    at.focus({ preventScroll: true });
    at.scrollIntoView();
  }

  // The planner: of the ways that the page lists it shows the one to a score.
  function plan(box) {
    var input = box.querySelector(".wish input"), output = box.querySelector(".wish output");
    var steps = all("tr[data-step]", box), ways = all("tr[data-percent]", box), others = box.querySelector("details.others");
    if (!input) return;
    input.addEventListener("input", function () {
      var wish = Number(input.value), way = null, beyond = false;
      box.classList.toggle("wished", wish > 0);
      ways.forEach(function (row) { if (!way && Number(row.getAttribute("data-percent")) >= wish) way = row; });
      if (!way && ways.length) { way = ways[ways.length - 1]; beyond = true; }
      var there = wish <= Number(box.getAttribute("data-now"));
      var set = wish > 0 && way && !there ? " " + way.getAttribute("data-set") + " " : "";
      steps.forEach(function (row) {
        row.hidden = wish > 0 && set.indexOf(" " + row.getAttribute("data-step") + " ") < 0;
      });
      if (others) others.open = wish > 0 && all("tr[data-step]:not([hidden])", others).length > 0;
      output.textContent = !(wish > 0) ? "" : there ? output.getAttribute("data-there") :
        (beyond ? output.getAttribute("data-beyond") + " " : "") + (way ? way.cells[2].textContent : "");
    });
  }

  // Controls.
  var find = byId("find"), buttons = all("button[data-outcome]");
  function controls() {
    if (find) find.value = wanted.find;
    ["area", "level"].forEach(function (id) { if (byId(id)) byId(id).value = wanted[id]; });
    buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(b.getAttribute("data-outcome") === wanted.outcome)); });
  }
  function want(key, value) {
    wanted[key] = value;
    write();
    controls();
    show();
  }
  if (find) find.addEventListener("input", function () { want("find", find.value); });
  ["area", "level"].forEach(function (id) {
    if (byId(id)) byId(id).addEventListener("change", function (e) { want(id, e.currentTarget.value); });
  });
  buttons.forEach(function (b) {
    b.addEventListener("click", function () { want("outcome", b.getAttribute("data-outcome")); });
  });
  if (byId("unfold")) byId("unfold").addEventListener("click", function (e) {
    var open = e.currentTarget.getAttribute("aria-pressed") !== "true";
    e.currentTarget.setAttribute("aria-pressed", String(open));
    units.forEach(function (unit) {
      if (open) make(unit);
      all("details:not(.others)", unit.article).forEach(function (d) { d.open = open; });
    });
  });

  units.forEach(function (unit) {
    if (!unit.whole) return;
    unit.whole.open = false;
    unit.whole.addEventListener("toggle", function () { if (unit.whole.open) make(unit); });
  });

  // Printed is each unit's first screen, and what else is open.
  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = units.filter(function (unit) { return unit.whole && !unit.whole.open; });
    closed.forEach(function (unit) { make(unit); unit.whole.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (unit) { unit.whole.open = false; });
  });

  window.addEventListener("hashchange", function () { read(); controls(); show(); go(); });
  units.forEach(function (unit) { if (!unit.whole) make(unit); });
  read();
  controls();
  if (units.length === 1 || Object.keys(wanted).some(function (key) { return wanted[key]; })) show();
  go();
})();
