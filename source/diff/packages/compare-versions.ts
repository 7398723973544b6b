/** No version is as long. */
const MOST_CHARACTERS = 256;

/** Which of two versions is the later one: below 0 where the first is the earlier, null where that cannot be told. */
export function compareVersions(type: string, older: string, newer: string): number | null {
	if (older === newer) return 0;
	if (Math.max(older.length, newer.length) > MOST_CHARACTERS) return null;
	if (type === 'deb') return compareDebian(older, newer);
	if (type === 'rpm') return compareRpm(older, newer);
	return compareOrdinary(older, newer);
}

/** deb-version(7): an epoch, the version of the project, and a revision. */
function compareDebian(older: string, newer: string): number {
	const [left, right] = [splitVersion(older), splitVersion(newer)];
	return (
		compareDigits(left.epoch, right.epoch) ||
		compareDebianPart(left.upstream, right.upstream) ||
		compareDebianPart(left.revision, right.revision)
	);
}

function splitVersion(version: string) {
	const colon = version.indexOf(':');
	const rest = version.slice(colon + 1);
	const dash = rest.lastIndexOf('-');
	return {
		epoch: colon === -1 ? '' : version.slice(0, colon),
		upstream: dash === -1 ? rest : rest.slice(0, dash),
		revision: dash === -1 ? '' : rest.slice(dash + 1),
	};
}

/** Runs of other characters and runs of digits in turn. A tilde sorts before everything, even the end, and letters before all else. */
function compareDebianPart(left: string, right: string): number {
	const [ours, theirs] = [runsOf(left), runsOf(right)];
	for (let run = 0; run < Math.max(ours.length, theirs.length); run++) {
		const [one, other] = [ours[run] ?? '', theirs[run] ?? ''];
		const order = run % 2 === 0 ? compareRun(one, other) : compareDigits(one, other);
		if (order !== 0) return order;
	}
	return 0;
}

/** Others, digits, others, digits and so on; the first may be empty. */
function runsOf(text: string): readonly string[] {
	const runs = text.match(/\d+|\D+/g) ?? [];
	return /^\d/.test(text) ? ['', ...runs] : runs;
}

function compareRun(left: string, right: string): number {
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const order = debianOrder(left[index]) - debianOrder(right[index]);
		if (order !== 0) return order;
	}
	return 0;
}

function debianOrder(character: string | undefined): number {
	if (character === undefined) return 0;
	if (character === '~') return -1;
	return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 0x1_0000);
}

/** As rpm does: by epoch, then version, then release. */
function compareRpm(older: string, newer: string): number {
	const [left, right] = [splitVersion(older), splitVersion(newer)];
	return (
		compareDigits(left.epoch, right.epoch) ||
		compareRpmPart(left.upstream, right.upstream) ||
		compareRpmPart(left.revision, right.revision)
	);
}

/** rpmvercmp: runs of letters and runs of digits, of which a number is later than a word. A tilde is before the end, a caret behind it. */
function compareRpmPart(older: string, newer: string): number {
	const [left, right] = [rpmSegments(older), rpmSegments(newer)];
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const [one = '', other = ''] = [left[index], right[index]];
		if (one === other) continue;
		const rank = rpmRank(one) - rpmRank(other);
		if (rank !== 0) return rank;
		const order = /^\d/.test(one) ? compareDigits(one, other) : compareText(one, other);
		if (order !== 0) return order;
	}
	return 0;
}

function rpmSegments(text: string): readonly string[] {
	return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}

function rpmRank(segment: string): number {
	if (segment === '~') return 0;
	if (segment === '') return 1;
	if (segment === '^') return 2;
	return /^\d/.test(segment) ? 4 : 3;
}

/** Words that come before a release, in their order, and those that come behind it, as the common schemes have them. */
const before: readonly string[] = [
	'dev',
	'snapshot',
	'a',
	'alpha',
	'b',
	'beta',
	'm',
	'milestone',
	'pre',
	'preview',
	'c',
	'rc',
	'cr',
];
const behind: readonly string[] = ['ga', 'final', 'release', 'sp', 'r', 'rev', 'p', 'patch', 'post'];

/** Numbers and known words between dots, dashes and the like, as in Semantic Versioning, PEP 440 and Maven. What is behind a plus sign says only what was built. */
function compareOrdinary(older: string, newer: string): number | null {
	const [left, right] = [partsOf(older), partsOf(newer)];
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const [one, other] = [left[index], right[index]];
		if (one === other) continue;
		const order = comparePart(one, other);
		if (order !== 0) return order;
	}
	return null;
}

function partsOf(version: string): readonly string[] {
	const [kept] = version
		.toLowerCase()
		.replace(/^v(?=\d)/, '')
		.split('+');
	return kept.match(/\d+|[a-z]+/g) ?? [];
}

function comparePart(one: string | undefined, other: string | undefined): number | null {
	const [left, right] = [rankOf(one), rankOf(other)];
	if (left === null || right === null) return null;
	if (left !== right) return left - right;
	return /^\d/.test(one ?? '') ? compareDigits(one ?? '', other ?? '') : 0;
}

/** Words before the end, the end, words behind it, then numbers; null for a word that says nothing. `1.0.0` is behind `1.0`. */
function rankOf(part: string | undefined): number | null {
	if (part === undefined) return 0;
	if (/^\d/.test(part)) return behind.length + 1;
	const early = before.indexOf(part);
	if (early !== -1) return early - before.length;
	const late = behind.indexOf(part);
	return late === -1 ? null : late + 1;
}

/** Numbers of any length. */
function compareDigits(left: string, right: string): number {
	const [one, other] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
	return one.length - other.length || compareText(one, other);
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}
