import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// node tools/check-packages.ts, after a build: whether all packages that are bundled may be shipped, by their licences, and whether the
// registry knows of a serious fault in any package, as bundled ones are development dependencies too. A registry that cannot be asked is
// a warning.

const repository = join(import.meta.dirname, '..');

/** Licences that ask for no more than to be named, which `third-party-licences.txt` does. */
const allowed = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Zlib'];

const problems = [...refusedLicences(), ...knownFaults()];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The packages in the built program whose licence is not an allowed one. */
function refusedLicences(): readonly string[] {
	const text = readFileSync(join(repository, 'distribution', 'third-party-licences.txt'), 'utf8');
	const packages = text.split(`\n${'-'.repeat(80)}\n\n`).map((section) => section.split('\n', 1)[0]);
	console.log(`licences: ${packages.length} bundled packages`);
	return packages.flatMap((title) => {
		const licence = /\(([^()]*|\(.*\))\)$/.exec(title)?.[1] ?? 'unknown';
		return isAllowed(licence)
			? []
			: [`licences: ${title} is bundled, and its licence is not an allowed one.`];
	});
}

/** Whether an SPDX expression can be met: one licence of an OR, all of an AND. */
function isAllowed(expression: string): boolean {
	const bare = expression.replaceAll(/[()]/g, '');
	if (/ OR /.test(bare) && / AND /.test(bare)) return false;
	const names = bare.split(/ OR | AND /);
	return / OR /.test(bare) ? names.some(isListed) : names.every(isListed);
}

function isListed(name: string): boolean {
	return allowed.includes(name.trim());
}

/** What `npm audit --json` prints: a report, or why there is none. */
interface Audit {
	readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
	readonly message?: string;
}

/** The packages with a fault of severity high or critical. */
function knownFaults(): readonly string[] {
	const { vulnerabilities, message } = audit();
	if (vulnerabilities === undefined) {
		console.warn(
			`audit: warning: not done, as the registry did not answer (${message ?? 'no reason given'})`,
		);
		return [];
	}
	const serious = Object.entries(vulnerabilities).filter(([, { severity }]) =>
		/^(?:high|critical)$/.test(severity),
	);
	console.log(`audit: ${serious.length} packages with a fault that is high or critical`);
	return serious.map(
		([name, { severity }]) => `audit: ${name} has a fault of severity ${severity}; see npm audit.`,
	);
}

function audit(): Audit {
	const words = ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=20000'];
	const { stdout, error } = spawnSync('npm', words, { cwd: repository, encoding: 'utf8', timeout: 60_000 });
	if (error) return { message: error.message };
	try {
		return JSON.parse(stdout);
	} catch {
		return { message: 'npm audit printed no JSON' };
	}
}
