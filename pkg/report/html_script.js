// Sorting and filtering. The page is whole without it.
(function () {
  "use strict";
  var lang = document.documentElement.lang;
  var all = function (css, from) { return Array.prototype.slice.call((from || document).querySelectorAll(css)); };

  // Typed text finds words whatever their case, tones and marks.
  function fold(s) {
    return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  function tell(output, shown, total) {
    output.textContent = shown + "/" + total + " " + output.getAttribute("data-of");
  }

  document.documentElement.className = "live";
  all(".tool[hidden]").forEach(function (e) { e.hidden = false; });

  // Units: a word finds them, a column orders them.
  all("input[data-find]").forEach(function (input) {
    var rows = all("tbody tr", document.getElementById(input.getAttribute("data-find")));
    var names = rows.map(function (row) { return fold(row.querySelector("th").textContent); });
    var output = input.parentNode.querySelector("output");
    function show() {
      var wanted = fold(input.value.trim()), shown = 0;
      rows.forEach(function (row, i) {
        row.hidden = names[i].indexOf(wanted) < 0;
        if (!row.hidden) shown++;
      });
      tell(output, shown, rows.length);
    }
    input.addEventListener("input", show);
    show();
  });

  all("th[data-sort]").forEach(function (th) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = th.textContent;
    th.textContent = "";
    th.appendChild(button);
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

  // Targets: a word and an outcome find them.
  var find = document.getElementById("find");
  if (!find) return;
  var targets = all("tbody.target"), areas = all("section.area"), outcome = "";
  var words = targets.map(function (t) { return fold(t.rows[0].cells[1].textContent); });
  var buttons = all("button[data-outcome]"), found = document.getElementById("found");
  function show() {
    var wanted = fold(find.value.trim()), shown = 0;
    targets.forEach(function (t, i) {
      t.hidden = words[i].indexOf(wanted) < 0 || outcome !== "" && t.getAttribute("data-outcome") !== outcome;
      if (!t.hidden) shown++;
    });
    areas.forEach(function (a) { a.hidden = !a.querySelector("tbody.target:not([hidden])"); });
    tell(found, shown, targets.length);
  }
  find.addEventListener("input", show);
  buttons.forEach(function (b) {
    b.addEventListener("click", function () {
      outcome = b.getAttribute("data-outcome");
      buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === b)); });
      show();
    });
  });
  document.getElementById("unfold").addEventListener("click", function (e) {
    var open = e.currentTarget.getAttribute("aria-pressed") !== "true";
    e.currentTarget.setAttribute("aria-pressed", String(open));
    all("details").forEach(function (d) { d.open = open; });
  });
  show();
})();
