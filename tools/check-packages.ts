import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// node tools/check-packages.ts: fails when a package that the lock file names has a licence that fathom cannot be given away under, or a
// known vulnerability that is rated high or critical. All packages count, since those that are bundled are development dependencies. Where the
// package registry cannot be asked, as offline, that is a warning.

const repository = join(import.meta.dirname, '..');

/** What may be bundled into a program under the MIT licence. */
const allowedLicences: readonly string[] = [
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'Python-2.0',
	'Unlicense',
	'Zlib',
];

interface LockedPackage {
	readonly version?: string;
	readonly license?: string;
}

const objections = [...licenceObjections(), ...auditObjections()];
for (const objection of objections) console.error(objection);
process.exitCode = objections.length > 0 ? 1 : 0;

function licenceObjections(): readonly string[] {
	const text = readFileSync(join(repository, 'package-lock.json'), 'utf8');
	const packages = Object.entries<LockedPackage>(JSON.parse(text).packages).filter(([path]) => path !== '');
	const objections = packages
		.filter(([, { license }]) => license === undefined || !isAllowed(license))
		.map(
			([path, { version, license }]) => `${nameIn(path)} ${version}: the licence ${license ?? 'is missing'}`,
		);
	if (objections.length === 0) console.log(`Licences: ${packages.length} packages, all of them allowed.`);
	return objections;
}

function nameIn(path: string): string {
	return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** An SPDX expression without nesting, which is all that packages here have: `MIT`, `(MIT OR CC0-1.0)`, `MIT AND ISC`. */
function isAllowed(expression: string): boolean {
	const bare = expression.replace(/^\((.*)\)$/, '$1');
	return bare
		.split(' OR ')
		.some((choice) => choice.split(' AND ').every((licence) => allowedLicences.includes(licence)));
}

interface Advisory {
	readonly name: string;
	readonly severity: string;
}

function auditObjections(): readonly string[] {
	const { stdout, error } = spawnSync('npm', ['audit', '--json'], { cwd: repository, encoding: 'utf8' });
	const answer = error === undefined ? parse(stdout) : null;
	if (answer?.vulnerabilities === undefined) {
		console.warn(
			`Known vulnerabilities: not checked, as the package registry did not answer. ${answer?.message ?? ''}`,
		);
		return [];
	}
	const found = Object.values(answer.vulnerabilities);
	console.log(`Known vulnerabilities: ${found.length}.`);
	return found
		.filter(({ severity }) => severity === 'high' || severity === 'critical')
		.map(({ name, severity }) => `${name}: a known vulnerability, rated ${severity}; see npm audit`);
}

interface AuditAnswer {
	readonly vulnerabilities?: Readonly<Record<string, Advisory>>;
	readonly message?: string;
}

function parse(text: string): AuditAnswer | null {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
