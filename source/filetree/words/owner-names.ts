import { decodeName } from '../../text/decode-name.ts';

/** The names that an image has for owners, by number. They may hold anything: escape them before a terminal. */
export interface OwnerNames {
	readonly users: ReadonlyMap<number, string>;
	readonly groups: ReadonlyMap<number, string>;
}

/** Where an image has its users and its groups: passwd(5), group(5). */
export const PASSWD_PATH = '/etc/passwd';
export const GROUP_PATH = '/etc/group';
/** More of either file than any image needs. */
export const MOST_ACCOUNT_BYTES = 1024 * 1024;

/** More accounts than any image has. */
const MOST_NAMES = 20_000;
/** Longer ones are no names (useradd(8) takes 32 characters). */
const MOST_NAME_BYTES = 256;
const LARGEST_ID = 0xffff_fffe;

const NEWLINE = 0x0a;
const COLON = 0x3a;

/** The names in the two files; null for one that is not there. What is no line of an account is passed over. */
export function parseOwnerNames(passwd: Uint8Array | null, group: Uint8Array | null): OwnerNames {
	return { users: namesIn(passwd), groups: namesIn(group) };
}

/** Both files have the name in the first field and the number in the third. Of several names of a number the first counts. */
function namesIn(bytes: Uint8Array | null): ReadonlyMap<number, string> {
	const names = new Map<number, string>();
	const end = Math.min(bytes?.length ?? 0, MOST_ACCOUNT_BYTES);
	for (let start = 0; bytes !== null && start < end && names.size < MOST_NAMES; ) {
		const newline = bytes.indexOf(NEWLINE, start);
		const stop = newline === -1 ? end : Math.min(newline, end);
		const account = accountIn(bytes.subarray(start, stop));
		if (account !== null && !names.has(account.id)) names.set(account.id, account.name);
		start = stop + 1;
	}
	return names;
}

function accountIn(line: Uint8Array): { readonly name: string; readonly id: number } | null {
	const first = line.indexOf(COLON);
	const second = first === -1 ? -1 : line.indexOf(COLON, first + 1);
	if (first < 1 || first > MOST_NAME_BYTES || second === -1) return null;
	const third = line.indexOf(COLON, second + 1);
	const digits = line.subarray(second + 1, third === -1 ? line.length : third);
	if (digits.length < 1 || digits.length > 10 || digits.some((byte) => byte < 0x30 || byte > 0x39))
		return null;
	const id = Number(String.fromCharCode(...digits));
	return id > LARGEST_ID ? null : { name: decodeName(line.subarray(0, first)), id };
}
