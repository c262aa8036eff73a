// ajv.js MODULES SCHEMA FILE... reads each YAML file as an editor does, holds
// it against the schema with ajv in its strict mode, and prints as JSON the
// messages for each file: [["/targets/0 must be object"], ...]. What "if" and
// "propertyNames" add to the message of what is in them is left out, and so is a
// message that was given.
const [modules, schema, ...files] = process.argv.slice(2);
const fs = require("fs");
const Ajv = require(modules + "/ajv/dist/2020");
const yaml = require(modules + "/js-yaml");

const validate = new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(fs.readFileSync(schema)));
console.log(
  JSON.stringify(
    files.map((file) => {
      validate(yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.JSON_SCHEMA }));
      const told = (validate.errors || []).filter((e) => e.keyword !== "if" && e.keyword !== "propertyNames").map((e) => `${e.instancePath} ${e.message}`);
      return [...new Set(told)];
    }),
  ),
);
