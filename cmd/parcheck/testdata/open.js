// open.js MODULES FILE... opens workbooks with exceljs and with SheetJS, and
// prints as JSON what each sees in them: [{exceljs: SHEETS, sheetjs: SHEETS}],
// where a sheet is {name, cells: {A1: "text"}, widths: [number]}.
const [modules, ...files] = process.argv.slice(2);
const ExcelJS = require(modules + "/exceljs");
const SheetJS = require(modules + "/xlsx");

const day = 24 * 60 * 60 * 1000;

function shown(v) {
  if (v === null || v === undefined) return "";
  if (v instanceof Date) return String((v - Date.UTC(1899, 11, 30)) / day);
  if (typeof v !== "object") return String(v);
  if ("hyperlink" in v) return shown(v.text);
  if ("richText" in v) return v.richText.map((r) => r.text).join("");
  if ("error" in v) return v.error;
  return JSON.stringify(v);
}

async function exceljs(file) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return book.worksheets.map((sheet) => {
    const cells = {};
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const text = shown(cell.formula ? cell.result : cell.value);
        if (text !== "" && cell.master === cell) cells[cell.address] = text;
      }),
    );
    const widths = [];
    for (let i = 1; i <= sheet.columnCount; i++) widths.push(sheet.getColumn(i).width || 0);
    return { name: sheet.name, cells, widths };
  });
}

function sheetjs(file) {
  const book = SheetJS.readFile(file, { cellFormula: false });
  return book.SheetNames.map((name) => {
    const cells = {};
    for (const [at, cell] of Object.entries(book.Sheets[name])) {
      if (at[0] !== "!" && cell.v !== undefined && String(cell.v) !== "") cells[at] = cell.t === "e" ? cell.w : String(cell.v);
    }
    return { name, cells, widths: [] };
  });
}

(async () => {
  const out = [];
  for (const file of files) out.push({ exceljs: await exceljs(file), sheetjs: sheetjs(file) });
  process.stdout.write(JSON.stringify(out));
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
