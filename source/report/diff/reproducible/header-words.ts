import type {
	HeaderDifference,
	HeaderPlace,
	HeaderRole,
	HeaderValue,
} from '../../../diff/reproducible/header-fields.ts';
import type { HeaderFieldName } from '../../../diff/reproducible/header-spans.ts';
import { formatCount } from '../../../text/bytes.ts';
import { formatDate } from '../../../text/dates.ts';
import { formatLatin1, formatText, formatTimes } from './values.ts';

/** What differs in a header: `mtime: 1700000000 -> 1700000060 (...)`. */
export function headerLine({ place, older, newer }: HeaderDifference): string {
	return `${placeName(place)}: ${formatValues(place, older, newer)}`;
}

const roleNames: Readonly<Record<HeaderRole, string>> = {
	entry: 'header',
	pax: 'PAX extended header',
	'pax-global': 'global PAX header',
	'long-name': 'GNU long name header',
	'long-link': 'GNU long link header',
	'zero-block': 'block of zeros before the header',
};

/** What differs, in words: `mtime`, `PAX record path`. */
export function placeName(place: HeaderPlace): string {
	switch (place.kind) {
		case 'field':
			return place.role === 'entry'
				? fieldNames[place.name]
				: `${fieldNames[place.name]} of the ${roleNames[place.role]}`;
		case 'record': {
			const attribute = /^(?:SCHILY|LIBARCHIVE)\.xattr\.(.+)$/s.exec(place.key)?.[1];
			if (attribute !== undefined) return `extended attribute ${formatLatin1(attribute)}`;
			return `${place.isGlobal ? 'global PAX record' : 'PAX record'} ${formatLatin1(place.key)}`;
		}
		case 'long-text':
			return roleNames[place.role];
		case 'extension':
			return `layout of the ${roleNames[place.role]}`;
		case 'headers':
			return 'headers';
	}
}

const fieldNames: Readonly<Record<HeaderFieldName, string>> = {
	name: 'name',
	mode: 'mode',
	uid: 'uid',
	gid: 'gid',
	size: 'size',
	mtime: 'mtime',
	chksum: 'checksum',
	typeflag: 'type flag',
	linkname: 'link target',
	magic: 'format',
	uname: 'uname',
	gname: 'gname',
	devmajor: 'devmajor',
	devminor: 'devminor',
	prefix: 'prefix of the name',
	atime: 'atime',
	ctime: 'ctime',
	sparse: 'sparse map',
	padding: 'unused bytes',
};

function formatValues(place: HeaderPlace, older: HeaderValue, newer: HeaderValue): string {
	if (isTime(place)) {
		const [before, after] = [secondsOf(older), secondsOf(newer)];
		if (before !== null && after !== null) return formatTimes(before, after);
	}
	return [older, newer].map((value) => formatValue(place, value)).join(' -> ');
}

function formatValue(place: HeaderPlace, value: HeaderValue): string {
	if (place.kind === 'headers') return formatRoles(value);
	if (isTime(place) && typeof value === 'string' && secondsOf(value) !== null)
		return `${value} (${formatDate(Number(value))})`;
	if (typeof value === 'number')
		return place.kind === 'field' && place.name === 'mode' ? formatMode(value) : formatNumber(place, value);
	if (place.kind === 'field' && value !== null) return formatFieldText(place.name, value);
	return formatText(value);
}

function formatFieldText(name: HeaderFieldName, value: string): string {
	if (name === 'typeflag') return typeNames[value] ?? formatText(value);
	if (name !== 'magic') return formatText(value);
	if (value === 'ustar\x0000') return 'POSIX (ustar)';
	if (value === 'ustar  ') return 'GNU';
	return value === '' ? 'v7' : formatText(value);
}

/** Type flags, without the NUL of v7. */
const typeNames: Readonly<Record<string, string>> = {
	'': 'NUL (file)',
	'0': '0 (file)',
	'1': '1 (hard link)',
	'2': '2 (symlink)',
	'3': '3 (character device)',
	'4': '4 (block device)',
	'5': '5 (directory)',
	'6': '6 (fifo)',
	'7': '7 (contiguous file)',
	S: 'S (sparse file)',
};

function formatRoles(value: HeaderValue): string {
	const roles = typeof value === 'string' ? value.split(', ') : [];
	return roles.length === 0 ? 'none' : roles.map((role) => roleNames[role as HeaderRole]).join(', ');
}

function formatMode(value: number): string {
	return value.toString(8).padStart(4, '0');
}

function formatNumber(place: HeaderPlace, value: number): string {
	return place.kind === 'field' && place.name === 'size' ? `${formatCount(value)} bytes` : String(value);
}

function isTime(place: HeaderPlace): boolean {
	const name = place.kind === 'field' ? place.name : place.kind === 'record' ? place.key : '';
	return /^(?:[mac]time|LIBARCHIVE\.creationtime)$/.test(name);
}

function secondsOf(value: HeaderValue): number | null {
	if (typeof value === 'number') return value;
	return value !== null && /^-?\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : null;
}
