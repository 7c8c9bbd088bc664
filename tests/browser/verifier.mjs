// Verifies credentials with software that is not ours: npm’s @digitalcredentials/verifier-core. Nothing leaves this machine.
// Reads {"cases": [{"name", "credential", "pages": {address: text}}]}; gives [{"name", "log", "errors", "asked"}]. A page not given is a 404.
import { readFileSync } from 'node:fs';

let pages = {};
let asked = [];
globalThis.fetch = async (wanted) => {
  const address = typeof wanted === 'string' ? wanted : wanted.url ?? String(wanted);
  asked.push(address);
  const text = pages[address];
  return new Response(text ?? '', { status: text === undefined ? 404 : 200, headers: { 'Content-Type': 'application/json' } });
};

const { verifyCredential } = await import('@digitalcredentials/verifier-core');
const { cases } = JSON.parse(readFileSync(0, 'utf8'));
const results = [];
for (const { name, credential, pages: given } of cases) {
  pages = given;
  asked = [];
  const { log = [], errors = [], additionalInformation = [] } = await verifyCredential({ credential, knownDIDRegistries: [] });
  const failures = [...errors, ...log.filter((step) => step.error).map((step) => step.error)];
  results.push({
    name,
    log: Object.fromEntries(log.map((step) => [step.id, step.valid ?? null])),
    errors: failures.map((error) => `${error.name}: ${error.message}`),
    schemas: additionalInformation.flatMap((one) => one.results).map((one) => one.result ?? one),
    asked,
  });
}
process.stdout.write(JSON.stringify(results));
